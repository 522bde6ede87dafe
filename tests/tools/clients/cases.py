"""The forms that every client is asked to send, and what the program should make of them."""
import hashlib

OCTETS = "application/octet-stream"
TEXT = b"the file's content\r\n"
EVERY_BYTE = bytes(range(256)) + b"\r\n--\r\n--boundary\r\n\r\n\r\n--"


def field(name, value):
    return {"kind": "field", "name": name, "filename": "", "type": "", "content": value.encode()}


def file(filename, content=TEXT, type_=OCTETS, name="file_data"):
    return {"kind": "file", "name": name, "filename": filename, "type": type_, "content": content}


def typed(name, type_, content):
    """A part with a type, without a file name."""
    return {"kind": "typed", "name": name, "filename": "", "type": type_, "content": content}


bucket = field("bucket", "golden")

# The file names of a form with one file. Each must come out as it went in.
NAMES = {
    "plain": "a.txt",
    "spaces": " two  spaces .txt ",
    "quotes": 'say "hi", it\'s \'me\'.txt',
    "quote-first-and-last": '"',
    "backslash": r"a\b.txt",
    "backslash-at-the-end": "ends with \\",
    "backslash-before-quote": r'a\"b.txt',
    "fake-path": r"C:\fakepath\x.txt",
    "path": "../../etc/x.txt",
    "percent": "100% %41 %zz %.txt",
    "percent-22": "a%22b.txt",
    "separators": "a+b;c=d, e: f&g#h?.txt",
    "markup": "<b>&amp;&#228;.txt",
    "umlaut": "Übergröße.txt",
    "unicode": "日本 🎉👩\u200d👧 u\u0308 \u202egpj.exe",
    "line-breaks": "a\r\nb\nc.txt",
    "tab": "a\tb.txt",
    "leading-dot": ".htaccess",
    "255-bytes": "ü" * 125 + "x.txt",
    "255-ascii-bytes": ("seven w" * 40)[:251] + ".txt",
    "encoded-word": "=?utf-8?B?YQ==?=",
}

FORMS = {name: [bucket, file(filename)] for name, filename in NAMES.items()}
FORMS |= {
    "empty-file": [bucket, file("empty.bin", b"")],
    "every-byte": [bucket, file("bytes.bin", EVERY_BYTE)],
    "no-type": [bucket, file("a.txt", type_="")],
    "odd-type": [bucket, file("a.txt", type_='text/plain; charset=utf-8; x="a;b"')],
    "empty-fields": [field("bucket", ""), field("host", ""), field("", "x"), file("a.txt")],
    "line-breaks-in-a-field": [field("bucket", "a\r\nb\r\n"), file("a.txt")],
    "odd-field": [field("bucket", ' Ü 日本 "q" \\ %22 &=+; '), file("a.txt")],
    "odd-field-names": [field('quo"te', "x"), field("back\\", "x"), field("ü[日本]", "x"),
                        field("a b;c=d", "x"), bucket, file("a.txt")],
    "field-after-the-file": [file("a.txt"), bucket, field("file_name", "renamed.txt")],
    "files-twice": [bucket, file("a.txt", name="files[]"),
                    file("b.txt", b"another", name="files[]")],
    "odd-name-of-the-file-part": [bucket, file("a.txt", name='my "file"\\')],
    "metadata": [bucket, typed("metadata", "application/json", b'{"a": 1}'), file("a.txt")],
    "photo-without-a-name": [bucket, typed("photo", "image/jpeg", EVERY_BYTE), file("a.txt")],
    "bucket-with-a-type": [typed("bucket", "text/plain; charset=utf-8", b"golden"), file("a.txt")],
    "bucket-as-a-file": [file("blob", b"golden", "text/plain", name="bucket"), file("a.txt")],
}

# For these, a refusal of the whole form is right too.
OR_REFUSED = {"photo-without-a-name", "bucket-with-a-type", "bucket-as-a-file"}


def is_stored(name, part):
    if name == "bucket-as-a-file" and part["name"] == "bucket":
        return False
    return part["kind"] == "file" or part["type"] == "image/jpeg"


def file_values(part, name):
    return {"name": name, "type": part["type"] or None, "size": len(part["content"]),
            "sha256": hashlib.sha256(part["content"]).hexdigest()}


def expected(name, form=None):
    """In the order of the form. A type of None is the client's choice, a name the program's."""
    form = form if form is not None else FORMS[name]
    values = {each["name"]: each["content"].decode() for each in form
              if each["name"] in ("bucket", "file_name", "host")}
    return {
        "bucket": values.get("bucket", ""),
        "file_name": values.get("file_name", ""),
        "host": values.get("host", ""),
        "files": [file_values(each, each["filename"] if each["kind"] == "file" else None)
                  for each in form if is_stored(name, each)],
        "or_refused": name in OR_REFUSED,
    }
