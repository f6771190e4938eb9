"""One command: `python -m benchmarks.people`. What it costs to bring many people in, against COPY and a merge.

Ours is asked over HTTP, the twin (`people_twin.py`) reads the same files; both in turns, on the first core, into
databases of their own that begin empty in every round. After each pass their rows are asserted to be the same.
"""

import argparse
import asyncio
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import people_given, servers
from benchmarks.live import Spoken
from benchmarks.people_same import assert_same
from benchmarks.people_tables import written
from benchmarks.store import Store
from benchmarks.tables import said

WAYS = ("sync", "batch")
PATIENCE = 600.0
Figures = dict[str, float]


def main() -> None:
    """Measure, and say what came of it."""
    wanted = _arguments()
    os.sched_setaffinity(0, {servers.OTHER_CORE})
    folder = Path(tempfile.mkdtemp(prefix="peergroup-benchmarks-"))
    found: list[dict[str, Any]] = []
    try:
        for database in wanted.database:
            with ExitStack() as stack:
                store = Store(folder, database, stack)
                known = _founded(store, folder / f"{database}.json")
                for way in wanted.way:
                    found += _measured(store, known, way, wanted)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    said(found, written(found), wanted.json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.people")
    parser.add_argument("--quick", action="store_true", help="ten thousand people")
    parser.add_argument("--rows", type=int, help="people; default: 100000")
    parser.add_argument("--way", action="append", choices=WAYS, help="a sync run, or batches of a thousand")
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write every round here")
    wanted = parser.parse_args()
    wanted.database = wanted.database or ["sqlite", "postgresql"]
    wanted.way = wanted.way or WAYS
    wanted.rows = wanted.rows or (10_000 if wanted.quick else 100_000)
    return wanted


def _founded(store: Store, file: Path) -> dict[str, str]:
    line = [sys.executable, "-m", "benchmarks.people_given", str(file)]
    subprocess.run(line, cwd=servers.ROOT, env=servers.environment(store.created("founded")), check=True)
    known: dict[str, str] = json.loads(file.read_text())
    return known


def _measured(
    store: Store, known: dict[str, str], way: str, wanted: argparse.Namespace
) -> list[dict[str, Any]]:
    files = people_given.write(store.folder, way, wanted.rows)
    found: list[dict[str, Any]] = [
        {
            "way": way,
            "pass": name,
            "database": store.database,
            "rows": wanted.rows,
            "rounds": {"ours": [], "twin": []},
        }
        for name in people_given.PASSES
    ]
    for turn in range(wanted.rounds):
        print(f"{store.database}: {wanted.rows} people by {way}, round {turn + 1} …", file=sys.stderr)
        for place, (ours, twin) in enumerate(_round(store, known, way, files)):
            found[place]["rounds"]["ours"].append(ours)
            found[place]["rounds"]["twin"].append(twin)
    return found


def _round(store: Store, known: dict[str, str], way: str, files: list[Path]) -> list[tuple[Figures, Figures]]:
    """Both from the beginning: every pass of ours, followed by the same of the twin."""
    urls = {name: store.created(name, of="founded") for name in ("ours", "twin")}
    found = []
    with ExitStack() as stack:
        environment = servers.environment(urls["ours"])
        given = {name: environment[name] for name in environment if name.startswith(("PEERGROUP_", "PYTHON"))}
        port, pid = stack.enter_context(servers.serving("peergroup.app:create_app", factory=True, **given))
        twin = Spoken("people_twin", stack, urls["twin"])
        client = Client(port, known["token"])
        client.ask("GET", "/v1/people")  # Whatever a server does once, it has done now.
        for file in files:
            rested = _memory(pid)
            Path(f"/proc/{pid}/clear_refs").write_text("5")
            ours = _noted(store, pid, lambda file=file: client.brings(way, file))
            ours |= {"idle": rested["VmRSS"], "peak": rested_peak(pid)}
            order = {"url": urls["twin"], "organization": known["organization"], "file": str(file)}
            theirs = _noted(store, twin.pid, lambda order=order: twin.ask(order))
            asyncio.run(assert_same(urls, known["organization"]))
            found.append((ours, theirs))
    return found


def _noted(store: Store, pid: int, act: Callable[[], Any]) -> Figures:
    cpu, database = servers.cpu_seconds(pid), servers.cpu_seconds(store.postmaster)
    began = time.monotonic()
    act()
    return {
        "seconds": time.monotonic() - began,
        "cpu": servers.cpu_seconds(pid) - cpu,
        "database_cpu": servers.cpu_seconds(store.postmaster) - database,
    }


def _memory(pid: int) -> dict[str, int]:
    """What a process holds and what it has held at most, in bytes."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {line[0][:-1]: int(line[1]) * 1024 for line in lines if line[0] in ("VmRSS:", "VmHWM:")}


def rested_peak(pid: int) -> int:
    """The most that a process has held since this was last reset."""
    return _memory(pid)["VmHWM"]


class Client:
    """Somebody who brings people in."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: Any = None, media: str = "application/json") -> Any:
        """The answer to one request."""
        headers = self._headers | ({} if body is None else {"Content-Type": media})
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"answered {answer.status}: {said[:600]!r}")
        return json.loads(said)

    def brings(self, way: str, file: Path) -> None:
        """Everybody in a file."""
        self._connection.close()  # The server did so while the twin was at work; it opens by itself.
        if way == "batch":
            for line in file.read_bytes().splitlines():
                self.ask("POST", "/v1/people/batch", line)
            return
        run = f"/v1/sync-runs/{self.ask('POST', '/v1/sync-runs', json.dumps({'source': 'crm'}))['id']}"
        with file.open("rb") as records:
            self.ask("POST", f"{run}/records", records, "text/csv")
        self.ask("POST", f"{run}/apply")


if __name__ == "__main__":
    main()
