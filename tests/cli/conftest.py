"""What the tests of the command line stand on: an installation, a database, and a command line in this process."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from peergroup.cli.running import run
from tests.databases import SECRET, fresh_database
from tests.installed import Installed


@pytest.fixture
def on_sqlite(installed: Installed, tmp_path: Path) -> Installed:
    """The service on a SQLite file that does not exist yet."""
    return installed.on(f"sqlite:///{tmp_path}/peergroup.db")


@pytest.fixture
async def on_postgresql(installed: Installed, folder: Path) -> Installed:
    """The service on an empty PostgreSQL database."""
    return installed.on(await fresh_database("postgresql", folder, "cli"))


@pytest.fixture(params=["sqlite", "postgresql"])
async def on_either(
    request: pytest.FixtureRequest, installed: Installed, folder: Path, tmp_path: Path
) -> Installed:
    """The service on an empty database of each kind."""
    place = tmp_path if request.param == "sqlite" else folder
    return installed.on(await fresh_database(request.param, place, "cli"))


@pytest.fixture(scope="session")
def first(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a SQLite database on which `init` has run once, to be copied."""
    place = tmp_path_factory.mktemp("founded")
    made = installed.on(f"sqlite:///{place}/peergroup.db").run(
        "init", "--name", "Fjord", "--owner-email", "ada@example.com", "--json"
    )
    assert made.returncode == 0, made.stderr
    (place / "made.json").write_text(made.stdout)
    return place


@pytest.fixture
def founded(first: Path, installed: Installed, tmp_path: Path) -> Installed:
    """The service on a copy of that database: the organization Fjord, owned by ada@example.com."""
    shutil.copy(first / "peergroup.db", tmp_path)
    return installed.on(f"sqlite:///{tmp_path}/peergroup.db")


@pytest.fixture
def made(first: Path) -> Any:
    """What `init` printed when it made that database."""
    return json.loads((first / "made.json").read_text())


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def is_one_line(self) -> bool:
        """Whether it failed with one line on standard error and nothing else."""
        return (
            self.code > 0
            and not self.out
            and self.err.startswith("peergroup: ")
            and self.err.count("\n") == 1
        )


Here = Callable[..., Ended]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """Run a command line in this process; named values become PEERGROUP_ variables."""

    def run_here(*words: str, **variables: str) -> Ended:
        for name, value in ({"secret": SECRET} | variables).items():
            monkeypatch.setenv(f"PEERGROUP_{name.upper()}", value)
        code = run(words)
        return Ended(code, *capsys.readouterr())

    return run_here
