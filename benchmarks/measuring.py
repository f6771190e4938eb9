"""One filled database, measured: asked once for sanity, then pressed in rounds. Prints JSON."""

import asyncio
import http.client
import importlib
import itertools
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import counting, servers
from benchmarks.filling import READERS, Filled
from benchmarks.load import CONNECTIONS, press

APPS = {
    "bare": "benchmarks.bare:app",
    "naive": "benchmarks.naive_challenges:app",
    "ours": "benchmarks.ours:app",
}
Order = dict[str, Any]


def main(order: Order) -> list[dict[str, Any]]:
    """Measure every case."""
    made = Filled.kept(Path(order["filled"]), order["url"])
    cases = [importlib.import_module(f"benchmarks.cases.{name}") for name in order["cases"]]
    cases.sort(key=lambda case: case.WRITES)
    return [_measured(case, made, order) for case in cases]


def _measured(case: Any, made: Filled, order: Order) -> dict[str, Any]:
    ends = hasattr(case, "ENDS")
    body = Path(order["folder"]) / "body"
    body.write_bytes(b"")
    result: dict[str, Any] = {"case": case.NAME}
    if not ends:
        some = list(itertools.islice(case.requests(made, 0), READERS + 1))
        # The second one comes from the same reader, whose token is known by then.
        result["statements"] = asyncio.run(counting.statements([some[0], some[-1 if case.WRITES else 0]]))
    with ExitStack() as stack:
        running = {}
        for name in ("ours",) if ends else ("naive", "ours"):
            running[name] = stack.enter_context(servers.serving(APPS[name], factory=name == "ours"))
        if not ends:
            body.write_bytes(_judged(case, made, running))
        if order["workers"] and not ends:
            running["two"] = stack.enter_context(servers.serving(APPS["ours"], factory=True, workers=2))
        running["bare"] = stack.enter_context(servers.serving(APPS["bare"], BENCHMARK_BODY=str(body)))
        if ends:
            running = {"bare": running["bare"], "first": running["ours"], "last": running["ours"]}
        result["rounds"] = _rounds(case, made, running, order)
    return result


def _judged(case: Any, made: Filled, running: dict[str, tuple[int, int]]) -> bytes:
    """Both answer, and say the same. Gives the bytes of our answer."""
    one = next(case.requests(made, 3))
    ours, naive = (_answer(running[name][0], one) for name in ("ours", "naive"))
    if not case.same(ours, naive):
        apart = [one for one in zip(_lines(ours), _lines(naive), strict=False) if one[0] != one[1]]
        raise SystemExit(f"{case.NAME}: the answers differ, first in (ours, naive) {apart[:1]}")
    return ours


def _lines(answer: bytes) -> list[str]:
    return json.dumps(json.loads(answer), indent=1).split("\n")


def _answer(port: int, raw: bytes) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    connection.sock.sendall(raw)
    answer = http.client.HTTPResponse(connection.sock)
    answer.begin()
    body = answer.read()
    connection.close()
    if answer.status >= 300:
        raise SystemExit(f"answered {answer.status}: {body!r}")
    return body


def _rounds(
    case: Any, made: Filled, running: dict[str, tuple[int, int]], order: Order
) -> dict[str, list[dict[str, float]]]:
    """Every server is pressed in turns. The first turn lets every reader be known, and is not counted."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in running}
    for turn in range(order["rounds"] + 1):
        for name, (port, pid) in running.items():
            offset = (0, 1)[name == "last"] if hasattr(case, "ENDS") else 10 + turn * 200
            requests, seconds = case.requests(made, offset), order["seconds"]
            if turn == 0:
                requests, seconds = itertools.islice(requests, len(made.keys) + 100), 300.0
            connections = getattr(case, "CONNECTIONS", CONNECTIONS)
            figures = asyncio.run(_round(requests, port, pid, seconds, connections, order["postmaster"]))
            if figures["refused"] and name != "naive":
                raise SystemExit(f"{name} refused {figures['refused']:.0f} of {figures['requests']:.0f}")
            if turn:
                found[name].append(figures)
    return found


async def _round(
    requests: Any, port: int, pid: int, seconds: float, connections: int, postmaster: int | None
) -> dict[str, float]:
    before, before_database = servers.cpu_seconds(pid), servers.cpu_seconds(postmaster)
    load = await press(port, requests, seconds, connections)
    cpu, database_cpu = servers.cpu_seconds(pid), servers.cpu_seconds(postmaster)
    if load.refused:
        print(load.refusal[:600], file=sys.stderr)
    return {
        "requests": load.answered,
        "refused": load.refused,
        "per_second": load.answered / load.seconds,
        "cpu_us": (cpu - before) / load.answered * 1e6,
        "database_cpu_us": (database_cpu - before_database) / load.answered * 1e6,
        "slowest_ms": load.slowest * 1e3,
    }


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
