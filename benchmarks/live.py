"""One command: `python -m benchmarks.live`. What thousands of open streams cost, against a bare ASGI stream.

Ours and the bare stream are served at the same time, each by one process on the first core, and hold the same
number of connections from processes on the other one. Memory is measured once, while they are opened in a fresh
server; whatever is sent is sent to both in turns, and figures are medians over the rounds.
"""

import argparse
import http.client
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import servers
from benchmarks.live_tables import written
from benchmarks.store import Store
from benchmarks.tables import said

CROWD = 500
WARMING = 200
TIMES = 5
"""Facts of each group in one transaction, where a whole organization is busy."""
IDLE_SECONDS = 20.0
PATIENCE = 120.0
Transactions = list[tuple[str, list[str], int]]


def main() -> None:
    """Measure, and say what came of it."""
    wanted = _arguments()
    # Every connection is a file, here, in the load and in the server.
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    os.sched_setaffinity(0, {servers.OTHER_CORE})
    folder = Path(tempfile.mkdtemp(prefix="peergroup-benchmarks-"))
    try:
        found = [_measured(database, folder, wanted) for database in wanted.database]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    said(found, written(found), wanted.json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live")
    parser.add_argument("--listeners", type=int, default=5_000)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle", type=float, default=IDLE_SECONDS, help="seconds in which nothing happens")
    parser.add_argument("--json", type=Path, help="write every round here")
    wanted = parser.parse_args()
    wanted.database = wanted.database or ["sqlite", "postgresql"]
    return wanted


class Spoken:
    """A process that answers each line of JSON with one."""

    def __init__(self, module: str, stack: ExitStack, url: str, *arguments: str) -> None:
        line = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen(line, cwd=servers.ROOT, env=servers.environment(url), **pipes)
        stack.callback(self._process.wait)
        stack.callback(self._process.stdin.close)  # type: ignore[union-attr]  # there is a pipe
        self.pid = self._process.pid

    def ask(self, order: Any) -> Any:
        """What it answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class Served:
    """A server with everybody who listens to it."""

    def __init__(self, app: str, stack: ExitStack, url: str, *, factory: bool) -> None:
        environment = servers.environment(url)
        given = {name: environment[name] for name in environment if name.startswith(("PEERGROUP_", "PYTHON"))}
        self.port, self.pid = stack.enter_context(servers.serving(app, factory=factory, **given))
        self.load = Spoken("live_listening", stack, url, str(self.port))
        self.figures: dict[str, Any] = {}

    def opened(self, requests: list[str]) -> None:
        """Open so many streams in a server that has answered some and is idle; note memory and CPU of each."""
        self.load.ask({"open": requests[:WARMING]})
        self.load.ask({"close": True})
        time.sleep(3)
        before, cpu = _memory(self.pid), servers.cpu_seconds(self.pid)
        self.load.ask({"open": requests})
        opening = (servers.cpu_seconds(self.pid) - cpu) / len(requests)
        time.sleep(3)
        each = (_memory(self.pid) - before) / len(requests)
        self.figures |= {"idle_server": before, "bytes_each": each, "opening_us": opening * 1e6}

    def rests(self, seconds: float) -> None:
        """Note the share of a core that goes while nothing happens, and the signs of life that went out."""
        cpu = servers.cpu_seconds(self.pid)
        told = self.load.ask({"pings": seconds})
        self.figures["idle_share"] = (servers.cpu_seconds(self.pid) - cpu) / told["seconds"]
        self.figures["pings"] = told["pings"]

    def hears(self, count: int, say: Any) -> dict[str, float]:
        """What it costs the server until so many events have arrived."""
        cpu, began = servers.cpu_seconds(self.pid), time.monotonic()
        say()
        told = self.load.ask({"await": count, "seconds": PATIENCE})
        if told["arrived"] != count:
            raise SystemExit(f"{told['arrived']} of {count} events arrived")
        spent = servers.cpu_seconds(self.pid) - cpu
        return {"heard": count, "cpu_us": spent / count * 1e6, "seconds": time.monotonic() - began}


def _memory(pid: int) -> int:
    """What a process holds, in bytes; of what it shares with others, its share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("no figures for memory on this system")


def _measured(database: str, folder: Path, wanted: argparse.Namespace) -> dict[str, Any]:
    with ExitStack() as stack:
        store = Store(folder, database, stack)
        url = store.created("live")
        made = _filled(url, folder / f"{database}.json", wanted.listeners)
        found: dict[str, Any] = {"database": database, "listeners": wanted.listeners}
        found["organizations"] = len(made) - 1
        served = {
            "ours": Served("peergroup.app:create_app", stack, url, factory=True),
            "bare": Served("benchmarks.live_bare:app", stack, url, factory=False),
        }
        writer = Spoken("live_writing", stack, url)
        for name, one in served.items():
            print(f"{database}: {wanted.listeners} listeners of {name} …", file=sys.stderr)
            one.opened([_request(name, *seat) for seat in _seats(made[:-1])])
            one.rests(wanted.idle)
            one.load.ask({"open": [_request(name, *seat) for seat in _seats(made[-1:])]})
        found["rounds"] = {
            shape: _rounds(transactions, served, writer, wanted.rounds, _sizes(made))
            for shape, transactions in _shapes(made).items()
        }
        return found | {name: one.figures for name, one in served.items()}


def _filled(url: str, known: Path, listeners: int) -> list[dict[str, Any]]:
    print(f"filling a database for {listeners} listeners …", file=sys.stderr)
    line = [sys.executable, "-m", "benchmarks.live_filling", str(listeners), str(CROWD), str(known)]
    subprocess.run(line, cwd=servers.ROOT, env=servers.environment(url), check=True)
    made: list[dict[str, Any]] = json.loads(known.read_text())
    return made


def _seats(made: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Group and token of everybody."""
    return [(group["id"], token) for one in made for group in one["groups"] for token in group["tokens"]]


def _sizes(made: list[dict[str, Any]]) -> dict[str, int]:
    return {group["id"]: len(group["tokens"]) for one in made for group in one["groups"]}


def _request(name: str, group: str, token: str) -> str:
    """As a browser's client asks."""
    path = "/v1/events/stream" if name == "ours" else f"/{group}"
    return "\r\n".join(
        [
            f"GET {path} HTTP/1.1",
            "Host: peers.example.com",
            "Accept: text/event-stream",
            "Accept-Encoding: identity",
            "Accept-Language: de-DE,de;q=0.9,en;q=0.8",
            "Origin: https://app.example.com",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            f"Authorization: Bearer {token}",
            "",
            "",
        ]
    )


def _shapes(made: list[dict[str, Any]]) -> dict[str, Transactions]:
    """Who records what: whole organizations at once, single facts of single groups, facts that a crowd hears."""
    busy: Transactions = [(one["id"], [group["id"] for group in one["groups"]], TIMES) for one in made[:-1]]
    single: Transactions = [(one["id"], [group["id"]], 1) for one in made[:-1] for group in one["groups"]]
    random.Random(1).shuffle(single)
    crowd: Transactions = [(made[-1]["id"], [made[-1]["groups"][0]["id"]], 1)] * 40
    return {"busy organizations": busy, "single facts": single, "a crowd": crowd}


def _rounds(
    transactions: Transactions, served: dict[str, Served], writer: Spoken, rounds: int, sizes: dict[str, int]
) -> dict[str, list[dict[str, float]]]:
    """Both hear the same in turns; the first turn is not counted."""
    count = sum(sizes[group] * times for _, groups, times in transactions for group in groups)
    found: dict[str, list[dict[str, float]]] = {"ours": [], "bare": []}
    event = b""
    for turn in range(rounds + 1):
        ours = served["ours"].hears(count, lambda: writer.ask(transactions))
        event = event or _event(served["ours"])
        bare = served["bare"].hears(count, partial(_say, served["bare"].port, transactions, event))
        if turn:
            found["ours"].append(ours)
            found["bare"].append(bare)
    return found


def _event(served: Served) -> bytes:
    """The first event that anybody heard, as it was sent."""
    first: str = served.load.ask({"pings": 0})["first"]
    start = first.rindex("id: ", 0, first.index("\nevent: "))
    return first[start : first.index("\n\n", start) + 2].encode()


def _say(port: int, transactions: Transactions, event: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for _, groups, times in transactions:
        connection.request("POST", f"/{times}?{','.join(groups)}", event)
        connection.getresponse().read()
    connection.close()


if __name__ == "__main__":
    main()
