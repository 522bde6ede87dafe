"""Sends one form with one of Python's HTTP clients.

usage: python.py CLIENT URL [KIND NAME FILENAME TYPE PATH]...

KIND: field, file, or typed (a field with a Content-Type). PATH has the value or the content. TYPE
"" leaves the choice to the client. Exit status 3: the client cannot send this form.
"""
import sys
from pathlib import Path


class Entry:
    def __init__(self, kind, name, filename, type_, path):
        self.kind, self.name, self.type = kind, name, type_
        self.filename = filename if kind == "file" else None
        self.content = Path(path).read_bytes()

    def text(self):
        return self.content.decode()

    def as_tuple(self):
        """(filename, content[, type]): the shape that most of the clients share."""
        return (self.filename, self.content) + ((self.type,) if self.type else ())


def cannot(why):
    sys.stderr.write(why)
    sys.exit(3)


def fields_then_files(form):
    """The leading fields, and the rest as the clients' `files`: with None for the file name."""
    first = next((i for i, each in enumerate(form) if each.kind != "field"), len(form))
    data = [(each.name, each.text()) for each in form[:first]]
    return data, [(each.name, each.as_tuple()) for each in form[first:]]


def send_requests(url, form):
    import requests
    data, files = fields_then_files(form)
    requests.post(url, data=data, files=files)


def send_toolbelt(url, form):
    import requests
    from requests_toolbelt import MultipartEncoder
    fields = [(e.name, e.text() if e.kind == "field" else e.as_tuple()) for e in form]
    encoder = MultipartEncoder(fields=fields)
    requests.post(url, data=encoder, headers={"Content-Type": encoder.content_type})


def send_httpx(url, form):
    import httpx
    data, files = fields_then_files(form)
    httpx.post(url, data=dict(data), files=files)


def send_urllib3(url, form):
    import urllib3
    fields = [(e.name, e.text() if e.kind == "field" else e.as_tuple()) for e in form]
    urllib3.PoolManager().request("POST", url, fields=fields)


def send_urllib3_rfc2231(url, form):
    """The encoding of urllib3 before 1.25, still in 1.26 by name."""
    import urllib3
    from urllib3.fields import RequestField, format_header_param_rfc2231
    fields = []
    for each in form:
        field = RequestField(each.name, each.content, filename=each.filename,
                             header_formatter=format_header_param_rfc2231)
        field.make_multipart(content_type=each.type or None)
        fields.append(field)
    urllib3.PoolManager().request("POST", url, fields=fields)


def send_aiohttp(url, form, quote_fields=True):
    import asyncio
    import aiohttp

    async def post():
        data = aiohttp.FormData(quote_fields=quote_fields)
        for each in form:
            value = each.text() if each.kind == "field" else each.content
            data.add_field(each.name, value, filename=each.filename,
                           content_type=each.type or None)
        async with aiohttp.ClientSession() as session:
            async with session.post(url, data=data):
                pass
    asyncio.run(post())


def send_aiohttp_unquoted(url, form):
    send_aiohttp(url, form, quote_fields=False)


def send_pycurl(url, form):
    import pycurl
    post = []
    for each in form:
        if each.kind == "file":
            value = (pycurl.FORM_BUFFER, each.filename, pycurl.FORM_BUFFERPTR, each.content)
        else:
            value = (pycurl.FORM_CONTENTS, each.content)
        if each.type:
            value += (pycurl.FORM_CONTENTTYPE, each.type)
        post.append((each.name, value))
    curl = pycurl.Curl()
    curl.setopt(pycurl.URL, url)
    curl.setopt(pycurl.HTTPPOST, post)
    curl.perform()


def send_email_package(url, form):
    """The recipe without any library: the email package builds the body."""
    import urllib.request
    from email.message import MIMEPart
    from email.policy import HTTP
    if any(b"\0" in each.content for each in form):
        cannot("changes the line ends of a file")
    whole = MIMEPart(policy=HTTP)
    whole["Content-Type"] = "multipart/form-data"
    for each in form:
        part = MIMEPart(policy=HTTP)
        if each.type:
            part["Content-Type"] = each.type
        parameters = {"name": each.name}
        if each.filename is not None:
            parameters["filename"] = each.filename
        part.add_header("Content-Disposition", "form-data", **parameters)
        part.set_payload(each.content.decode("utf-8", "surrogateescape"))
        whole.attach(part)
    head, _, body = whole.as_bytes().partition(b"\r\n\r\n")
    del head
    request = urllib.request.Request(url, body, {"Content-Type": str(whole["Content-Type"])})
    urllib.request.urlopen(request).read()


def send_libsoup(url, form):
    import gi
    gi.require_version("Soup", "3.0")
    from gi.repository import GLib, Soup
    multipart = Soup.Multipart.new("multipart/form-data")
    for each in form:
        if each.kind == "typed":
            cannot("append_form_string() takes no type")
        if each.kind == "field":
            multipart.append_form_string(each.name, each.text())
        else:
            multipart.append_form_file(each.name, each.filename,
                                       each.type or "application/octet-stream",
                                       GLib.Bytes.new(each.content))
    message = Soup.Message.new_from_multipart(url, multipart)
    Soup.Session().send_and_read(message)


if __name__ == "__main__":
    client, address, *rest = sys.argv[1:]
    entries = [Entry(*rest[i:i + 5]) for i in range(0, len(rest), 5)]
    globals()["send_" + client.replace("-", "_")](address, entries)
