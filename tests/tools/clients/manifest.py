"""The README.md next to the recorded forms."""
import json
import subprocess
from pathlib import Path

HEAD = """# Forms that real HTTP clients sent

Written by `tests/tools/record-clients`; nothing in this folder is written by hand.

`CLIENT/CASE.http` has a request's Content-Type, an empty line, and the body, as they arrived.
Except for `plain`, a case is left out if another client sent the same bytes, but for the boundary.
`tests/tools/clients/cases.py` has the cases.

`expected.json` has what the clients were asked to send: the fields, and each file's name (null: the
program's choice), type (null: the client's choice), size and SHA-256. `cases` holds for all clients,
`own` for one client's file only:

- `or_refused`: a refusal of the whole form is right too.
- `lost`: the client itself changes what it was asked to send, so that no program can know it. The
  expected value is then what its bytes say. `tests/tools/clients/losses.py` lists all of these.
"""

DEBIAN = """curl wget wget2 httpie python3-requests python3-requests-toolbelt python3-httpx
python3-urllib3 python3-aiohttp python3-pycurl python3 gir1.2-soup-3.0 nodejs libwww-perl
libmojolicious-perl ruby ruby-faraday ruby-rest-client ruby-httparty php-cli php-curl php-guzzlehttp-guzzle
golang-go libokhttp-java libhttpmime-java libspring-web-java libmono-system-net-http4.0-cil
librust-reqwest-dev chromium firefox-esr libwpewebkit-1.1-0""".split()


def versions():
    shown = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *DEBIAN],
                           capture_output=True, text=True, check=False).stdout.splitlines()
    package = json.loads((Path(__file__).parent / "package.json").read_text())
    return shown + [f"{name} {version} (npm)" for name, version in package["dependencies"].items()]


def listed(lines):
    return "".join(f"- {line}\n" for line in lines)


def text(cannot, losses):
    return (HEAD + "\n## Versions\n\n" + listed(sorted(versions()))
            + "\n## What clients lose\n\n" + listed(losses)
            + "\n## What clients could not send\n\n"
            + listed(f"{client}, {case}: {why}" for (client, case), why in sorted(cannot.items())))
