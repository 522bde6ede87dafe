"""Measures how the content of a form changes the cost of its upload: its size, and bytes that are made
to be slow to search. Each form is a file, uploaded in one of our ways.
"""
import os
import random
from dataclasses import dataclass
from statistics import median

import work
from table import aligned

MIB = 1 << 20
BOUNDARY = b"----WebKitFormBoundary7MA4YWxkTrZu0gW"


@dataclass(frozen=True)
class Form:
    """`unit` is repeated to make a file of `size` bytes. Random bytes if `unit` is empty."""
    name: str
    size: int
    unit: bytes = b""
    boundary: bytes = BOUNDARY
    look_every = 0.05
    seconds = 0

    def write(self, files):
        unit = self.unit or os.urandom(MIB)
        block = unit * (MIB // len(unit))
        with open(files.folder / "form", "wb") as file:
            file.write(b"--" + self.boundary + b'\r\nContent-Disposition: form-data; name="file_data"; '
                       b'filename="shape.bin"\r\n\r\n')
            for begin in range(0, self.size, len(block)):
                file.write(block[:self.size - begin])
            file.write(b"\r\n--" + self.boundary + b"--\r\n")

    def upload(self, files, url):
        kind = f"Content-Type: multipart/form-data; boundary={self.boundary.decode()}"
        return work.curl_at_once(1, lambda _: [
            "-X", "POST", "-T", str(files.folder / "form"), "-H", kind, "-H", "Expect:", url])


def mixed():
    """Bytes in which a delimiter of the boundary "a" seems to begin at random places, so that branch
    prediction fails.
    """
    return b"".join(random.choices([b"\r", b"a", b"\r\n?-a"], [7, 7, 2], k=1 << 16))


def forms(quick):
    """Returns the sizes, the size to compare with, and the contents. S3 accepts 5 GiB in one PUT, and the
    form around the file counts towards the limit.
    """
    sizes = [16, 64] if quick else [64, 256, 1024, 5120]
    of_random = [Form(f"random, {size} MiB" if size < 1024 else f"random, {size >> 10} GiB",
                      size * MIB - (4096 if size == 5120 else 0)) for size in sizes]
    size = sizes[1] * MIB
    return of_random, of_random[1], [
        Form("CR", size, b"\r"),
        Form("CR LF", size, b"\r\n"),
        Form("delimiter without its last byte", size, b"\r\n--" + BOUNDARY[:-1]),
        Form("random, one-letter boundary", size, b"", b"a"),
        Form("CR LF, one-letter boundary", size, b"\r\n", b"a"),
        Form("delimiter with a wrong letter", size, b"\r\n--b", b"a"),
        Form("CR and its letter, mixed", size, mixed(), b"a"),
    ]


def measured(bench, ways, runs, quick, say):
    """Returns the lines of a table: CPU seconds of all server processes, compared with random bytes of the
    same size, and the memory of the largest worker, which should not grow.
    """
    of_random, compared_to, slow = forms(quick)
    figures = {}
    for form in of_random + slow:
        form.write(bench.files)
        for run in range(runs):
            for way in ways:
                say(f"run {run + 1} of {runs}: {form.name}, {way.name}{', https' * way.tls}")
                figures.setdefault((form, way.key), []).append(bench.upload(way, form))

    def cpu(form, way):
        return median(each.cpu for each in figures[form, way.key])

    lines = []
    for way in ways:
        for form in of_random + slow:
            lines.append([
                form.name, way.name, "https" if way.tls else "http", f"{cpu(form, way):.2f}",
                f"{cpu(form, way) / form.size * (1 << 30):.2f}",
                f"{cpu(form, way) / cpu(compared_to, way):.2f} ×" if form.size == compared_to.size
                and form is not compared_to else "",
                f"{max(each.worker for each in figures[form, way.key]) / MIB:.1f}"])
    return aligned(["content", "way", "to the store", "CPU s", "CPU s per GiB", "vs random",
                    "worker MiB"], lines)
