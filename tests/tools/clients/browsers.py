"""Browsers: a page fills its own form and submits it; the reply is the page of the next case."""
import base64
import json
import shutil
import subprocess
import tempfile

PAGE = """<!doctype html><meta charset="utf-8"><form method="post" enctype="multipart/form-data">
</form><script>
const form = document.querySelector('form');
form.action = %(action)s;
for (const {kind, name, filename, type, content} of %(entries)s) {
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const input = document.createElement(kind === 'file' ? 'input' : 'textarea');
  input.name = name;
  if (kind === 'file') {
    input.type = 'file';
    const chosen = new DataTransfer();
    chosen.items.add(new File([bytes], filename, {type}));
    input.files = chosen.files;
  } else {
    input.value = new TextDecoder().decode(bytes);
  }
  form.append(input);
}
form.submit();
</script>"""

COMMANDS = {
    "chromium": ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                 "--disable-background-networking", "--user-data-dir={profile}"],
    "firefox": ["firefox-esr", "--headless", "--no-remote", "--profile", "{profile}"],
    "webkit": ["cog", "--platform=headless"],
}


def page(action, form):
    entries = [dict(each, content=base64.b64encode(each["content"]).decode()) for each in form]
    script = json.dumps(entries).replace("<", "\\u003c")
    return PAGE % {"action": json.dumps(action), "entries": script}


def record(browser, forms, recorder):
    """Every form that has no part of the kind "typed", which an HTML form cannot send."""
    forms = {name: form for name, form in forms.items()
             if all(each["kind"] != "typed" for each in form)}
    paths = [f"/{browser}/{name}" for name in forms]
    pages = [page(path, form) for path, form in zip(paths, forms.values())]
    recorder.pages[f"/{browser}"] = pages[0]
    for path, following in zip(paths, pages[1:]):
        recorder.pages[path + "/next"] = following
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [part.format(profile=profile) for part in COMMANDS[browser]]
        process = subprocess.Popen(command + [f"{recorder.url}/{browser}"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in paths:
            if not recorder.wait_for(path, 60):
                print(f"{browser}: no request for {path}")
                break
        process.terminate()
        process.wait()


def installed(browser):
    return shutil.which(COMMANDS[browser][0]) is not None
