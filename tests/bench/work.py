"""What is uploaded, and the clients: curl and wrk, whose own CPU time is not counted.

The files are random bytes in a RAM disk, which are cheap to read, if there is one with enough room.
"""
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
CURL = ["curl", "-q", "-sS", "-o", os.devnull, "-w", "%{http_code}\n"]
FORM_LUA = Path(__file__).with_name("form.lua")


@dataclass(frozen=True)
class Work:
    """`count` files of one size at once; or, if `seconds` is set, one upload after the other on 8
    connections for that time.
    """
    name: str
    count: int = 1
    size: int = 10 << 10
    seconds: int = 0

    @property
    def look_every(self):
        """Seconds between samples of the memory: rarely if many small requests need the CPU."""
        return 0.5 if self.seconds else 0.05

    def upload(self, files, url):
        """Uploads the files as forms."""
        if self.seconds:
            return many_small(self.seconds, url)
        return curl_at_once(self.count, lambda number: [
            "-F", f"file_data=@{files.of(self.size)};filename=large-{number}.bin", url])


FULL = [Work("1 × 1 GiB", 1, 1 << 30), Work("8 × 100 MiB", 8, 100 * MIB), Work("10 KiB", seconds=10)]
QUICK = [Work("1 × 256 MiB", 1, 256 * MIB), Work("4 × 32 MiB", 4, 32 * MIB), Work("10 KiB", seconds=2)]


@dataclass
class Done:
    """What a client has measured. `cpu`: its own. `served`: the count of the sink, if it was asked."""
    wall: float
    cpu: float = 0
    requests: int = 0
    p50: float = 0
    p99: float = 0
    served: int = 0


class Files:
    """Keeps one file of each size until the `with` ends."""

    def __init__(self, folder, sizes):
        ram = Path("/dev/shm")
        wanted = sum(sizes) + 6144 * MIB  # the largest form, and a reserve
        has_room = ram.is_dir() and os.access(ram, os.W_OK) and shutil.disk_usage(ram).free > wanted
        self.folder = Path(folder) / "files"
        if has_room:
            self.folder = ram / Path(folder).name
        self.sizes = sizes

    def __enter__(self):
        try:
            self.write()
            return self
        except BaseException:
            self.__exit__()
            raise

    def write(self):
        self.folder.mkdir()
        block = os.urandom(16 * MIB)
        for size in self.sizes:
            with open(self.of(size), "wb") as file:
                for begin in range(0, size, len(block)):
                    file.write(block[:size - begin])

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def of(self, size):
        return self.folder / str(size)


def run_at_once(commands):
    """Runs all commands. Returns what was measured, and the output of each."""
    start = time.perf_counter()
    running = []
    try:
        for command in commands:
            running.append(subprocess.Popen(command, stdout=subprocess.PIPE,
                                            stderr=subprocess.STDOUT, text=True))
        cpu = 0
        for process in running:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu += usage.ru_utime + usage.ru_stime
        done = Done(time.perf_counter() - start, cpu)
        printed = [process.stdout.read() for process in running]
    finally:
        for process in running:
            if process.returncode is None:
                process.kill()
                process.wait()
            process.stdout.close()
    for process, text in zip(running, printed):
        if process.returncode != 0:
            raise RuntimeError(f"{process.args[0]}: {text.strip()}")
    return done, printed


def curl_at_once(count, arguments):
    """`arguments(number)`: the arguments of the transfer with this number."""
    done, answers = run_at_once([[*CURL, *arguments(number)] for number in range(count)])
    for answer in answers:
        if answer.strip() not in ("200", "201"):
            raise RuntimeError(f"the reply was {answer.strip()}")
    done.requests = count
    return done


def put(work, files, endpoint, certificate):
    """Sends the same files straight to the sink."""
    return curl_at_once(work.count, lambda number: [
        "-T", str(files.of(work.size)), "--cacert", str(certificate), f"{endpoint}/bench/{number}"])


def put_one_by_one(work, files, endpoint, certificate):
    """Sends a small file, each time with a new program and a new connection, as a CGI program does."""
    times = 50
    done = Done(0)
    for _ in range(times):
        one = put(work, files, endpoint, certificate)
        done = Done(done.wall + one.wall, done.cpu + one.cpu, done.requests + 1)
    return done


def digest(work, files):
    """Computes the SHA-256 of the same bytes."""
    names = [str(files.of(work.size))] * work.count
    return run_at_once([["openssl", "dgst", "-sha256", *names]])[0]


def many_small(seconds, url):
    done, [printed] = run_at_once([[
        "wrk", "-t1", "-c8", f"-d{seconds}s", "--timeout", "30s", "-s", str(FORM_LUA), url]])
    found = re.search(r"^measured (\d+) (\S+) (\S+) (\S+) (\d+)$", printed, re.MULTILINE)
    if not found or found[5] != "0" or found[1] == "0":
        print(printed, file=sys.stderr)
        raise RuntimeError(f"{found[5] if found else 'all'} requests failed")
    done.requests = int(found[1])
    done.wall, done.p50, done.p99 = (float(found[group]) for group in (2, 3, 4))
    return done
