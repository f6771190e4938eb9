"""Servers in processes of their own, pinned to one core, with the CPU time they have used."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, OTHER_CORE = CORES[0], CORES[-1]
SECRET = "a secret of the benchmarks, long enough to be one"
ROOT = Path(__file__).resolve().parents[1]


def environment(url: str) -> dict[str, str]:
    """The variables of every process that works with this database; rate limits and all else as by default."""
    paths = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "BENCHMARK_DATABASE_URL": url}
    return os.environ | paths | {"PEERGROUP_DATABASE_URL": url, "PEERGROUP_SECRET": SECRET}


def cpu_seconds(pid: int | None) -> float:
    """What a process has used on the CPU so far: its threads, its children, and its children that have ended."""
    return 0.0 if pid is None else sum(_cpu_seconds(one) for one in family_of(pid))


def _cpu_seconds(pid: int) -> float:
    try:
        threads = [task.read_text().split()[0] for task in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        ended = _stat(pid)[13:15]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # It ended just now: its parent has the figures.
    return sum(map(int, threads)) / 1e9 + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def family_of(pid: int) -> list[int]:
    """A process and its children: PostgreSQL has one for each connection."""
    found = [pid]
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if int(_stat(int(folder.name))[1]) == pid:
                found.append(int(folder.name))
    return found


def pin(pid: int, core: int) -> None:
    """Keep a process, and what it starts from now on, on one core."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(task.name), {core})


@contextmanager
def serving(
    app: str, *, factory: bool = False, workers: int = 1, **variables: str
) -> Iterator[tuple[int, int]]:
    """A uvicorn with this application on loopback: its port and pid. Stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [
        sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", str(port), "--loop", "uvloop",
        "--http", "httptools", "--no-access-log", "--log-level", "warning", "--no-server-header",
    ]  # fmt: skip
    line += ["--factory"] * factory + (["--workers", str(workers)] if workers > 1 else [])
    process = subprocess.Popen(
        line,
        cwd=ROOT,
        env=os.environ | variables,
    )
    try:
        pin(process.pid, SERVER_CORE)
        _wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself with status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server did not open its port within 30 s")
