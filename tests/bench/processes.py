"""Measures and ends a server's processes, using /proc.

A process that has ended counts if its parent has waited for it: the parent then has its CPU time and
its written bytes. So those of CGI programs are not lost.
"""
import os
import signal
import threading
import time
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")
WEB_SERVERS = {"lighttpd", "apache2", "multiwatch"}


def read(pid, name):
    """The text of /proc/PID/NAME; "" if the process has ended, or is just ending: then only root can
    read some of the files.
    """
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""


def stat(pid):
    """The fields of /proc/PID/stat from the third on, after the name, which may contain anything."""
    return read(pid, "stat").rpartition(")")[2].split()


def line(text, name):
    """The number after "NAME:" in a text; 0 if there is none."""
    for found in text.splitlines():
        if found.startswith(name + ":"):
            return int(found.split()[1])
    return 0


def below(roots):
    """The processes `roots` and all their descendants."""
    children = {}
    for entry in os.listdir("/proc"):
        fields = stat(entry) if entry.isdigit() else None
        if fields:
            children.setdefault(int(fields[1]), []).append(int(entry))
    found, left = [], list(roots)
    while left:
        found.append(left.pop())
        left += children.get(found[-1], [])
    return found


def used(roots):
    """Returns CPU seconds and bytes written to disk (write_bytes) so far."""
    ticks = written = 0
    for pid in below(roots):
        ticks += sum(int(field) for field in stat(pid)[11:15])
        written += line(read(pid, "io"), "write_bytes")
    return ticks * TICK, written


def used_at_rest(roots):
    """The same, when nothing is running any more: two equal results, 50 ms apart."""
    deadline = time.monotonic() + 10
    last = used(roots)
    while time.monotonic() < deadline:
        time.sleep(0.05)
        now = used(roots)
        if now == last:
            break
        last = now
    return last


class Peak(threading.Thread):
    """Samples the memory until the `with` ends. `summed` is the largest sum of all processes' shares
    (Pss), and `worker` the peak (VmHWM) of the largest process other than a web server's, in bytes.
    """

    def __init__(self, roots, every):
        super().__init__(daemon=True)
        self.roots, self.every = roots, every
        self.summed = self.worker = 0
        self.over = threading.Event()

    def look(self):
        shares = 0
        for pid in below(self.roots):
            shares += line(read(pid, "smaps_rollup"), "Pss")
            if read(pid, "comm").strip() not in WEB_SERVERS:
                self.worker = max(self.worker, line(read(pid, "status"), "VmHWM") * 1024)
        self.summed = max(self.summed, shares * 1024)

    def run(self):
        while not self.over.wait(self.every):
            self.look()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()
        self.look()


def end(roots):
    """Asks the roots to end, and kills what is left after a while. The caller must still wait for the
    roots.
    """
    started = {pid: stat(pid)[19] for pid in below(roots) if stat(pid)}
    for pid in roots:
        signal_to(pid, signal.SIGTERM)
    deadline = time.monotonic() + 20  # Apache gives its workers time, and removes shared memory
    while alive(started):
        if time.monotonic() > deadline:
            for pid in alive(started):
                signal_to(pid, signal.SIGKILL)
        time.sleep(0.02)


def alive(started):
    """Which of these processes, by id and start time, still run: neither gone nor zombies."""
    return [pid for pid, start in started.items()
            for fields in [stat(pid)] if fields and fields[19] == start and fields[0] != "Z"]


def signal_to(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
