"""The figures of all runs as one table in Markdown: medians, and how they compare to the floors.

The floors of a large upload are what it cannot do without: the web server's share (a program that
reads the body and no more), sending the bytes (`curl -T`), and over http their SHA-256. A row's CPU
time is divided by their sum in the same run. Of a small upload's CPU time, the web server's share is
taken away.
"""
from dataclasses import dataclass
from statistics import median

MIB = 1 << 20
CURL, SHA = "curl -T", "SHA-256 (openssl dgst)"


@dataclass
class Figures:
    """Of one run of one row. What was not measured is None."""
    wall: float
    cpu: float
    peak: int = None       # bytes
    worker: int = None
    written: int = None    # bytes
    rate: float = None     # of small files only, as the rest: requests a second,
    ms_each: float = None  # CPU time of one,
    p50: float = None      # ms until the answer
    p99: float = None


def aligned(columns, lines):
    """A table in Markdown. The first three columns are words, the rest numbers."""
    widths = [max(map(len, column)) for column in zip(columns, *lines)]

    def text(cells):
        return "| " + " | ".join(cell.ljust(width) if i < 3 else cell.rjust(width) for
                                 i, (cell, width) in enumerate(zip(cells, widths))) + " |"

    rule = "|" + "|".join("-" * (width + 1) + ("-" if i < 3 else ":")
                          for i, width in enumerate(widths)) + "|"
    return [text(columns), rule, *map(text, lines)]


COLUMNS = ["work", "way", "to the store", "wall s", "CPU s", "to the floors", "memory MiB",
           "worker MiB", "disk MiB", "requests/s", "CPU ms each", "p50 ms", "p99 ms"]


class Table:
    def __init__(self):
        self.figures = {}  # of (work, row's key), for each run
        self.rows = []     # (work, key, name of its floor) in the order they came
        self.notes = []

    def add(self, work, key, floor, run, figures):
        row = (work, key, floor)
        if row not in self.rows:
            self.rows.append(row)
        self.figures.setdefault((work, key), {})[run] = figures

    def fail(self, work, key):
        """Takes the row away: what it has shown so far may be as wrong."""
        self.figures.pop((work, key), None)
        self.rows = [row for row in self.rows if row[:2] != (work, key)]
        self.notes.append(f"{work.name}, {key[0]}{', https' * key[1]}: failed.")

    def compared(self, work, key, floor):
        """One number for each run that the row and its floors have."""
        tls = key[1]
        needs = [(floor, False)]
        if not work.seconds:
            needs += [(CURL, tls)] if tls else [(CURL, False), (SHA, False)]
        floors = [self.figures.get((work, need), {}) for need in needs]
        for run, own in self.figures[work, key].items():
            if not all(run in of_floor for of_floor in floors):
                continue
            if work.seconds:
                yield own.ms_each - floors[0][run].ms_each
            else:
                yield own.cpu / sum(of_floor[run].cpu for of_floor in floors)

    def cells(self, work, key, floor):
        runs = list(self.figures[work, key].values())

        def figure(get, form):
            values = [value for value in map(get, runs) if value is not None]
            return format(median(values), form) if values else ""

        compared = list(self.compared(work, key, floor)) if floor else []
        comparison = format(median(compared), "+.3f" if work.seconds else ".2f") if compared else ""
        return [
            work.name, key[0], "https" if key[1] else "http" if floor or key[0] == CURL else "",
            figure(lambda run: run.wall, ".2f"), figure(lambda run: run.cpu, ".2f"),
            comparison + (" ms" if work.seconds else " ×") if comparison else "",
            *(figure(lambda run, name=name: getattr(run, name) / MIB if getattr(run, name) is not None
                     else None, ".1f") for name in ("peak", "worker", "written")),
            figure(lambda run: run.rate, ".0f"), figure(lambda run: run.ms_each, ".3f"),
            figure(lambda run: run.p50, ".2f"), figure(lambda run: run.p99, ".2f"),
        ]

    def markdown(self, head):
        """`head`: lines that say when and where it was measured."""
        works = list(dict.fromkeys(work for work, _, _ in self.rows))
        lines = [self.cells(*row) for work in works for row in self.rows if row[0] == work]
        return "\n".join([*head, "", *aligned(COLUMNS, lines), "",
                          *dict.fromkeys(self.notes)]).rstrip() + "\n"
