"""Other common ways to upload: small programs in peers/, as their users write and run them."""
import functools
import os
import subprocess
from pathlib import Path

from services import Way

FASTCGI = "body read, lighttpd FastCGI"
CGI = "body read, lighttpd CGI"


@functools.cache
def output(*command, folder=None):
    """The output of a command; "" if it does not exist or fails."""
    try:
        return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, check=True, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def path_of(program):
    return output("sh", "-c", "command -v " + program)


def has_node_modules(folder, name):
    """Whether the modules are installed and Node.js can run them. True is "yes", false is ""."""
    if not Path(folder, "node_modules", name).is_dir():
        return ""
    script = "await import(process.argv[1]); await import('@aws-sdk/client-s3'); console.log('yes')"
    return output("node", "--input-type=module", "-e", script, name, folder=folder)


def ways(folder, tls):
    """Returns the ways in `folder` that can run, and lines that say why the others cannot."""
    workers = 2 * (os.cpu_count() or 1) + 1  # as gunicorn's manual recommends
    there, missing = [], []

    def add(name, needs, has, command, floor=FASTCGI):
        if has:
            there.append(Way(name, [command], {"PEERS": str(folder)}, tls, floor))
        else:
            missing.append(f"{name} is left out: {needs} missing.")

    add("multer + multer-s3", "Node.js 20 or its modules are", has_node_modules(folder, "multer-s3"),
        ["node", f"{folder}/multer.mjs"])
    add("busboy + lib-storage", "Node.js 20 or its modules are", has_node_modules(folder, "busboy"),
        ["node", f"{folder}/busboy.mjs"])
    # The default timeout of 30 seconds cuts large uploads off. The other timeout is for the bench's end.
    add("Flask + boto3, gunicorn", "gunicorn, Flask or boto3 is",
        path_of("gunicorn") and output("/usr/bin/python3", "-c", "import flask, boto3; print(1)"),
        ["gunicorn", "--chdir", str(folder), "--bind=127.0.0.1:{port}", f"--workers={workers}",
         "--timeout=600", "--graceful-timeout=1", "flask_boto3:application"])
    add("PHP + curl, lighttpd FastCGI", "php-cgi or its curl is",
        "curl" in output("php-cgi", "-m").split(),
        ["lighttpd", "-D", "-f", f"{folder}/php.conf"])
    add("Perl CGI + Amazon::S3, lighttpd CGI", "CGI.pm or Amazon::S3 is",
        output("perl", "-MCGI", "-MAmazon::S3", "-e", "print 1"),
        ["lighttpd", "-D", "-f", f"{folder}/perl.conf"], CGI)
    return there, missing


def environment():
    """Variables for all of them, in addition to those about the store."""
    return {"PHP": path_of("php-cgi"), "PERL": path_of("perl")}


def versions(folder):
    node = output("node", "-p", "['@aws-sdk/client-s3','multer','multer-s3','busboy'].map(name => name"
                  " + ' ' + JSON.parse(fs.readFileSync('node_modules/' + name + '/package.json'))"
                  ".version).join(', ')", folder=folder)
    return [
        ", ".join(filter(None, ["Node.js " + output("node", "--version").lstrip("v"), node])),
        output("gunicorn", "--version").replace("(version ", "").rstrip(")"),
        output("/usr/bin/python3", "-c", "import flask, boto3, platform; print('Python',"
               "platform.python_version() + ', Flask', flask.__version__ + ', boto3', boto3.__version__)"),
        "PHP " + output("php-cgi", "-v").partition(" (")[0].removeprefix("PHP "),
        "Perl " + output("perl", "-MAmazon::S3", "-e",
                         "printf '%vd, Amazon::S3 %s', $^V, $Amazon::S3::VERSION"),
    ]
