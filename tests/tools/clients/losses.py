"""What the clients themselves lose: no program could know what they were asked to send.

The expected value is then what the bytes say. Everything that is not here must come out as it went
in.
"""
import re
import unicodedata
from urllib.parse import quote

import cases


def form_escapes(text):
    """What a program reads that decodes the three escapes of browsers."""
    return text.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


def renamed(change):
    def apply(expected):
        for each in expected["files"]:
            each["name"] = change(each["name"])
    return apply


def retyped(text):
    def apply(expected):
        expected["files"][0]["type"] = text
    return apply


def or_refused(expected):
    expected["or_refused"] = True


def metadata_is_a_file(last):
    def apply(expected):
        part = next(e for e in cases.FORMS["metadata"] if e["name"] == "metadata")
        added = cases.file_values(part, "metadata")
        expected["files"].insert(1 if last else 0, added)
    return apply


def photo_comes_last(expected):
    expected["files"].reverse()
    expected["files"][1]["name"] = "photo"


BASENAME = "form-data axios-form-data superagent request faraday guzzle".split()
UNESCAPED = "faraday guzzle request rest-client android-recipe".split()
RAW_BREAKS = UNESCAPED + """csharp curl-escape go httpmime-strict httpmime-browser httpmime-rfc6532
libsoup lwp mojo spring spring-encoded-words reqwest reqwest-attr-chars reqwest-noop""".split()
ASCII = ["spring", "httpmime-strict"]
NON_ASCII = ["umlaut", "unicode", "255-bytes"]
PERCENT = {"aiohttp": "", "needle": "!'()*-._~"}

# Clients, cases, the change, why. The first that fits counts.
LOSSES = [
    (["aiohttp", "aiohttp-unquoted"], ["metadata"], metadata_is_a_file(False),
     "gives every part with a type a file name"),
    (["mojo"], ["metadata"], metadata_is_a_file(True),
     "gives every part with a type a file name, and sorts the parts"),
    (["curl"], ["encoder-base64"], or_refused, "RFC 7578 section 4.7 deprecates the encoding"),
    (["mojo"], ["photo-without-a-name"], photo_comes_last,
     "gives every part with a type a file name, and sorts the parts"),
    (["aiohttp", "aiohttp-unquoted"], ["photo-without-a-name"], renamed(
        lambda name: "photo" if name is None else name),
     "gives every part with a type a file name"),
    (["email-package"], ["empty-fields"], or_refused, "writes a parameter without a value"),
    (["email-package"], ["encoded-word"], renamed(lambda _: "a"), "decodes its input"),
    (["email-package"], ["odd-type"], retyped('text/plain; charset="utf-8"; x="a;b"'),
     "writes types its own way"),
    (["spring", "spring-encoded-words"], ["odd-type"],
     retyped('text/plain;charset=utf-8;x="a;b"'), "writes types its own way"),
    (["csharp"], ["unicode"], renamed(lambda name: re.sub("[\U00010000-\U0010ffff]",
                                                          "\ufffd\ufffd", name)),
     "Mono writes U+FFFD for both halves of a surrogate pair in filename*"),
    (["webkit"], ["unicode"], renamed(lambda name: unicodedata.normalize("NFC", name)),
     "composes characters"),
    (BASENAME, ["path"], renamed(lambda name: name.rsplit("/", 1)[-1]), "sends the last component"),
    ("requests toolbelt httpx urllib3 httpie".split(), ["tab"],
     renamed(lambda name: name.replace("\t", "%09")), "writes %09"),
    (ASCII, NON_ASCII, renamed(lambda name: re.sub("[^\x00-\x7f]", "?", name)),
     "writes ? for what is not in ASCII"),
    (UNESCAPED + ["spring", "spring-encoded-words"], ["backslash-before-quote"],
     renamed(lambda name: name.replace('\\"', '"')), "does not escape a backslash"),
    (["spring", "spring-encoded-words"], ["backslash-at-the-end"],
     renamed(lambda name: name[:-1]), "leaves out a backslash at the end"),
    (UNESCAPED, ["quotes", "quote-first-and-last"], or_refused, "does not escape quotation marks"),
    (UNESCAPED + ["needle", "httparty", "spring", "spring-encoded-words", "reqwest-noop"],
     ["odd-field-names", "odd-name-of-the-file-part"], or_refused,
     "does not escape quotation marks in the name of a part"),
    (RAW_BREAKS, ["line-breaks"], or_refused, "writes line breaks into the header"),
]


def described():
    def words(names):
        return " ".join(names)
    return [f"{words(clients)} ({words(lossy)}): {why}" for clients, lossy, _, why in LOSSES] + [
        "all but aiohttp, needle and those that write filename* (percent-22): no client tells %22 "
        "in a file name from a quotation mark",
        "all but aiohttp, needle and csharp (encoded-word): a name that looks like an encoded "
        "word is read as one",
        f"{words(PERCENT)} (all names): percent-encode filename as a whole, so that it is the name "
        "of another file"]


def find(client, case):
    for clients, lossy, change, why in LOSSES:
        if client in clients and case in lossy:
            return change, why
    if client in PERCENT:
        def percent(name):
            return name and form_escapes(quote(name, safe=PERCENT[client]))
        return renamed(percent), "percent-encodes the file name"
    if case == "encoded-word" and client != "csharp":
        return renamed(lambda _: "a"), "the name of a file that looks like an encoded word is one"
    if case == "percent-22" and client != "csharp":
        return renamed(form_escapes), "%22 is how a quotation mark is written"
    return None, None


def applied(client, case, expected):
    change, why = find(client, case)
    if change:
        before = str(expected)
        change(expected)
        if str(expected) != before:
            expected["lost"] = why
    return expected
