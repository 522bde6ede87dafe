"""The servers that the bench starts. A Way describes one: its commands and their environment.

A Service ends everything that it starts, whatever happens. If the bench runs as root, the processes run
as an ordinary user, because Apache requires that.
"""
import ctypes
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import processes

ORDINARY_USER = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


def end_with_us():
    """Called in a new process before exec: its server ends even if the bench is killed."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def listens(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class Way:
    """One way to upload a form. Floors only read the body."""
    name: str
    commands: list  # started in this order; {port} is replaced by the port, which is also in PORT
    environment: dict = field(default_factory=dict)
    tls: bool = False  # to the sink
    floor: str = ""    # the name of the Way that measures the web server's share of this one
    socket: str = ""   # a file in the run folder, without which the web server has no workers

    @property
    def key(self):
        return self.name, self.tls


def shipped(name, root, tls=False, floors=None):
    """The four web servers, with the configurations and the program below `root`."""
    lighttpd = ["lighttpd", "-D", "-f"]
    apache = ["apache2", "-D", "FOREGROUND", "-f"]
    commands = {
        "lighttpd FastCGI": [[*lighttpd, f"{root}/lighttpd/fastcgi.conf"]],
        "lighttpd CGI": [[*lighttpd, f"{root}/lighttpd/cgi.conf"]],
        "mod_proxy_fcgi": [[f"{root}/apache/pool"], [*apache, f"{root}/apache/proxy-fcgi.conf"]],
        "mod_fcgid": [[*apache, f"{root}/apache/fcgid.conf"]],
    }
    return [Way(f"{name}, {server}", started, {"S3DROP_ROOT": str(root)}, tls,
                floors + ", " + server if floors else "",
                "upload.sock" if server == "mod_proxy_fcgi" else "")
            for server, started in commands.items()]


class Service:
    """Runs a Way's processes until the `with` ends."""

    def __init__(self, way, run, environment):
        self.way, self.run, self.environment = way, Path(run), environment
        self.running = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/upload"

    @property
    def roots(self):
        return [process.pid for process in self.running]

    def __enter__(self):
        try:
            for _ in range(3):  # another program may take the port first
                if self.start():
                    return self
                self.stop()
            raise RuntimeError(f"{self.way.name} does not start:\n{self.said()}")
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.port = free_port()
        environment = {**self.environment, **self.way.environment, "PORT": str(self.port),
                       "S3DROP_PORT": str(self.port), "S3DROP_RUN": str(self.run),
                       "RUN": str(self.run), "TMPDIR": str(self.run), "HOME": str(self.run)}
        with open(self.run / "out", "ab") as out:
            for command in self.way.commands:
                command = [word.replace("{port}", str(self.port)) for word in command]
                self.running.append(subprocess.Popen(
                    command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                    cwd=self.run, preexec_fn=end_with_us, **ORDINARY_USER))
        deadline = time.monotonic() + 60
        while all(process.poll() is None for process in self.running):
            if listens(self.port) and (self.run / self.way.socket).exists():
                return True
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        return False

    def stop(self):
        processes.end(self.roots)
        for process in self.running:
            process.wait()
        self.running = []

    def said(self):
        """The last part of its logs."""
        logs = [self.run / name for name in ("out", "error.log")]
        return "\n".join(log.read_text(errors="replace")[-2000:] for log in logs if log.exists())
