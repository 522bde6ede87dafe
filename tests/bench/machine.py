"""Describes where and when the bench ran, as lines above the table."""
import os
import platform
import re
import time
from pathlib import Path

import peers
from peers import output


def processor():
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def memory():
    found = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return f"{int(found[1]) / (1 << 20):.0f} GiB"


def debian():
    found = re.search(r'^PRETTY_NAME="(.*)"$', Path("/etc/os-release").read_text(), re.MULTILINE)
    return found[1] if found else platform.system()


def version(name, *command):
    """The name, and the version: the first number that the command prints. "" if there is none."""
    found = re.search(r"\d+\.\d[\w.]*", output(*command))
    return f"{name} {found[0]}" if found else ""


def described(runs, peers_folder):
    servers = [version("lighttpd", "lighttpd", "-v"), version("Apache", "apache2", "-v"),
               version("curl", "curl", "--version"), version("OpenSSL", "openssl", "version")]
    of_peers = [text for text in peers.versions(peers_folder) if re.search(r"\d", text)]
    return [
        f"{time.strftime('%Y-%m-%d %H:%M %Z')}, median of {runs}" if runs > 1
        else f"{time.strftime('%Y-%m-%d %H:%M %Z')}, one run",
        f"- {os.cpu_count()} × {processor()}, {memory()}, {debian()}, Linux {platform.release()}",
        "- " + ", ".join(filter(None, servers)),
        *(f"- {text}" for text in of_peers),
    ]
