"""curl, wget and HTTPie: programs whose command line describes the form.

Each function returns the command for a form, or a string: why the client cannot send it.
"""


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def curl(url, form, paths, *options):
    command = ["curl", "-sS", *options, url]
    for each, path in zip(form, paths):
        if "=" in each["name"] or not each["name"]:
            return "the name of a part ends at the first ="
        if each["kind"] == "field":
            command += ["--form-string", each["name"] + "=" + each["content"].decode()]
            continue
        # @ sends a file with a name, < the content of a file as a field.
        text = each["name"] + ("=@" if each["kind"] == "file" else "=<") + quoted(str(path))
        if each["kind"] == "file":
            text += ";filename=" + quoted(each["filename"])
        if each["type"]:
            text += ";type=" + each["type"]
        command += ["-F", text]
    return command


def curl_escape(url, form, paths):
    return curl(url, form, paths, "--form-escape")


def httpie_escape(text):
    for character in "\\=:@;":
        text = text.replace(character, "\\" + character)
    return text


def httpie(url, form, paths):
    command = ["http", "--ignore-stdin", "--form", "--multipart", "POST", url]
    for each, path in zip(form, paths):
        if each["kind"] == "typed":
            return "a field cannot have a type"
        if not each["name"]:
            return "a name cannot be empty"
        if each["kind"] == "field":
            command.append(httpie_escape(each["name"]) + "=" + each["content"].decode())
            continue
        # The file's name is that on the disk.
        if "/" in each["filename"]:
            return "takes the file's name from the disk"
        named = path.parent / "named" / path.name / each["filename"]
        named.parent.mkdir(parents=True)
        named.write_bytes(each["content"])
        text = httpie_escape(each["name"]) + "@" + str(named)
        command.append(text + (";type=" + each["type"] if each["type"] else ""))
    return command


def own_forms(path, other):
    """Forms that only these programs send: by client and case, (command, form as it is meant).

    path, other: two files, a.txt and b.txt.
    """
    content, another = path.read_bytes(), other.read_bytes()
    from cases import bucket, field, file
    two = [bucket, file("a.txt", content, ""), file("b.txt", another, "")]
    pasted = [bucket, {"kind": "file", "name": "file_data", "filename": "",
                       "type": "text/plain; charset=utf-8",
                       "content": "Ü & = + %22\r\nend".encode()}]
    text = pasted[1]["content"].decode()
    one = [bucket, file("a.txt", content, "")]
    in_bucket = ["-F", "bucket=golden"]
    percent = "bucket=golden&file_data=%C3%9C+%26+%3D+%2B+%2522%0D%0Aend"
    return {
        ("curl", "two-files-with-a-comma"):
            (["curl", "-sS", *in_bucket, "-F", f"files=@{path},{other}"], two),
        ("curl", "two-files-with-types"):
            (["curl", "-sS", *in_bucket, "-F",
              f"files=@{path};type=text/plain,{other};type=image/png;filename=\"Ü.png\""],
             [bucket, file("a.txt", content, "text/plain"), file("Ü.png", another, "image/png")]),
        ("curl", "explicit-mixed"):
            (["curl", "-sS", *in_bucket, "-F", "files=(;type=multipart/mixed", "-F",
              f"=@{path}", "-F", f"=@{other}", "-F", "=)"], two),
        ("curl", "headers-of-a-part"):
            (["curl", "-sS", *in_bucket, "-F",
              f"file_data=@{path};headers=\"X-Other: a;b\";headers=\"X-Third: c\""], one),
        ("curl", "encoder-8bit"):
            (["curl", "-sS", *in_bucket, "-F", f"file_data=@{path};encoder=8bit"], one),
        ("curl", "encoder-base64"):
            (["curl", "-sS", *in_bucket, "-F", f"file_data=@{path};encoder=base64"], one),
        ("curl", "file-as-text"):
            (["curl", "-sS", *in_bucket, "-F", f"file_data=<{path}"],
             [bucket, dict(file("", content, "text/plain; charset=utf-8"))]),
        ("curl", "names-from-the-disk"):
            (["curl", "-sS", *in_bucket, "-F", f"file_data=@{path}"], one),
        ("curl", "pasted"):
            (["curl", "-sS", *in_bucket, "--form-string", "file_data=" + text], pasted),
        ("curl", "urlencoded"):
            (["curl", "-sS", "-d", "bucket=golden", "--data-urlencode", "file_data=" + text],
             pasted),
        ("wget", "urlencoded"): (["wget", "-qO-", "--post-data", percent], pasted),
        ("wget2", "urlencoded"): (["wget2", "-qO-", "--post-data", percent], pasted),
        ("httpie", "urlencoded"):
            (["http", "--ignore-stdin", "--form", "bucket=golden", "file_data=" + text], pasted),
    }
