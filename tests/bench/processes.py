"""What a server's processes have used, and how they are ended. All of it is from /proc.

A process that has ended counts where its parent has waited for it: its parent then has its CPU time
and its written bytes. So a CGI program's are not lost.
"""
import os
import signal
import threading
import time
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")
WEB_SERVERS = {"lighttpd", "apache2", "multiwatch"}


def read(pid, name):
    """The text of /proc/PID/NAME; "" where the process is no more, or just ends: then some of it is
    root's alone.
    """
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""


def stat(pid):
    """From the third field on, without the name, which may hold anything."""
    return read(pid, "stat").rpartition(")")[2].split()


def line(text, name):
    """The number behind "NAME:" in a file of lines."""
    for found in text.splitlines():
        if found.startswith(name + ":"):
            return int(found.split()[1])
    return 0


def below(roots):
    """The processes `roots` and all that they have started, themselves or through others."""
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
    """CPU seconds and bytes written to disks (write_bytes) so far."""
    ticks = written = 0
    for pid in below(roots):
        ticks += sum(int(field) for field in stat(pid)[11:15])
        written += line(read(pid, "io"), "write_bytes")
    return ticks * TICK, written


def used_at_rest(roots):
    """The same when nothing is going on any more: twice the same, a while apart."""
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
    """Looks at the memory while a `with` lasts: `summed`, the largest sum of all processes' shares
    (Pss), and `worker`, the largest that one other than a web server's has had (VmHWM), in bytes.
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
    """Asks the roots to end, and ends what is left of theirs by force. Whoever started the roots
    still has to wait for them.
    """
    started = {pid: stat(pid)[19] for pid in below(roots) if stat(pid)}
    for pid in roots:
        signal_to(pid, signal.SIGTERM)
    deadline = time.monotonic() + 20  # Apache gives its workers time, and has shared memory to remove
    while alive(started):
        if time.monotonic() > deadline:
            for pid in alive(started):
                signal_to(pid, signal.SIGKILL)
        time.sleep(0.02)


def alive(started):
    """Of these, by id and time of their start, those that run: neither gone nor only not waited for."""
    return [pid for pid, start in started.items()
            for fields in [stat(pid)] if fields and fields[19] == start and fields[0] != "Z"]


def signal_to(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
