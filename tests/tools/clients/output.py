"""Writes the recorded requests and what is expected of them."""
import re

import cases
import losses


# Of clients that send the same bytes, these are kept; then the first by name.
PREFERRED = ["chromium", "firefox", "webkit", "curl", "requests", "node-fetch-builtin"]


def rank(path):
    client = path.split("/")[1]
    return PREFERRED.index(client) if client in PREFERRED else len(PREFERRED), path


def without_boundary(content_type, body):
    """The same for two bodies that differ in their boundary only."""
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    if boundary:
        body = body.replace(boundary[1].encode("latin-1"), b"boundary")
    return content_type.split(";")[0], body


def is_new(case, request, seen):
    same = (case, *without_boundary(*request))
    if same in seen and case != "plain":
        return False
    seen.add(same)
    return True


def write(folder, requests, own, known):
    """own: the forms of one client, by client and case. known: what expected.json has so far."""
    seen = set()
    for path, (content_type, body) in sorted(requests.items(), key=lambda item: rank(item[0])):
        client, case = path.split("/")[1:]
        if not is_new(case, (content_type, body), seen):
            continue
        (folder / client).mkdir(exist_ok=True)
        (folder / client / f"{case}.http").write_bytes(
            content_type.encode("latin-1") + b"\r\n\r\n" + body)
        form = own.get((client, case))
        expected = losses.applied(client, case, cases.expected(case, form))
        if form is not None or "lost" in expected:
            known["own"][f"{client}/{case}"] = expected
        else:
            known["cases"][case] = expected
