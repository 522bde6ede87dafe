"""Puts the figures of all runs into one table in Markdown: medians, compared with the floors.

The floors of a large upload are its minimum cost: the web server's share (a program that only reads
the body), sending the bytes (`curl -T`), and over http their SHA-256. A row's CPU time is divided by
their sum in the same run. For a small upload, the web server's share is subtracted from the CPU time.
"""
from dataclasses import dataclass
from statistics import median

MIB = 1 << 20
CURL, SHA = "curl -T", "SHA-256 (openssl dgst)"


@dataclass
class Figures:
    """The figures of one run of one row. None if not measured."""
    wall: float
    cpu: float
    peak: int = None       # bytes
    worker: int = None
    written: int = None    # bytes
    rate: float = None     # this and the following for small files only: requests per second,
    ms_each: float = None  # CPU time of one in ms,
    p50: float = None      # ms until the reply
    p99: float = None


def aligned(columns, lines):
    """Returns a table in Markdown. The first three columns are text, the others numbers."""
    widths = [max(map(len, column)) for column in zip(columns, *lines)]

    def text(cells):
        return "| " + " | ".join(cell.ljust(width) if i < 3 else cell.rjust(width) for
                                 i, (cell, width) in enumerate(zip(cells, widths))) + " |"

    rule = "|" + "|".join("-" * (width + 1) + ("-" if i < 3 else ":")
                          for i, width in enumerate(widths)) + "|"
    return [text(columns), rule, *map(text, lines)]


COLUMNS = ["work", "way", "to the store", "wall s", "CPU s", "vs the floors", "memory MiB",
           "worker MiB", "disk MiB", "requests/s", "CPU ms each", "p50 ms", "p99 ms"]


class Table:
    def __init__(self):
        self.figures = {}  # (work, key of the row) -> run -> Figures
        self.rows = []     # (work, key, name of its floor) in the order of adding
        self.notes = []

    def add(self, work, key, floor, run, figures):
        row = (work, key, floor)
        if row not in self.rows:
            self.rows.append(row)
        self.figures.setdefault((work, key), {})[run] = figures

    def fail(self, work, key):
        """Removes the row: its earlier figures may be wrong too."""
        self.figures.pop((work, key), None)
        self.rows = [row for row in self.rows if row[:2] != (work, key)]
        self.notes.append(f"{work.name}, {key[0]}{', https' * key[1]}: failed.")

    def compared(self, work, key, floor):
        """Yields one number for each run that both the row and its floors have."""
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
        """`head`: lines that say when and where the bench ran."""
        works = list(dict.fromkeys(work for work, _, _ in self.rows))
        lines = [self.cells(*row) for work in works for row in self.rows if row[0] == work]
        return "\n".join([*head, "", *aligned(COLUMNS, lines), "",
                          *dict.fromkeys(self.notes)]).rstrip() + "\n"
