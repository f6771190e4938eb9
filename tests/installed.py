"""The service as it is installed: package and migrations in one folder, run in processes of their own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.databases import SECRET

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Installed:
    """A folder with `peergroup` in it, and the environment its commands run in."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def on(self, database_url: str, **more: str) -> "Installed":
        """The same installation, set up for this database."""
        named = {f"PEERGROUP_{name.upper()}": value for name, value in more.items()}
        url = {"PEERGROUP_DATABASE_URL": database_url, "PEERGROUP_SECRET": SECRET}
        return Installed(self.folder, self.environment | url | named)

    @property
    def variables(self) -> dict[str, str]:
        """All variables of a command's process."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        return kept | {"PYTHONPATH": str(self.folder), "COLUMNS": "100"} | self.environment

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the service to its end."""
        return self._end("-m", "peergroup.cli", *words)

    def alembic(self, *commands: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run several commands of Alembic, one after the other, until one fails."""
        script = "import json, sys; from alembic.config import main\nfor words in json.loads(sys.argv[1]): main(words)"
        return self._end("-c", script, json.dumps(commands))

    def _end(self, *words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, *words]
        return subprocess.run(
            line,
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start one command and leave it running; whoever started it stops it."""
        line = [sys.executable, "-m", "peergroup.cli", *words]
        return subprocess.Popen(
            line,
            cwd=self.folder,
            env=self.variables,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def install(folder: Path) -> Installed:
    """Lay the package out as its wheel does. Where there is no migration yet, the first one is written."""
    clutter = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "peergroup", folder / "peergroup", ignore=clutter)
    shutil.copytree(ROOT / "migrations", folder / "migrations", ignore=clutter)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "peergroup" / "_migrations").symlink_to("../migrations")
    (folder / "migrations" / "versions").mkdir(exist_ok=True)
    installed = Installed(folder)
    if not list((folder / "migrations" / "versions").glob("*.py")):
        first = ["revision", "--autogenerate", "-m", "First schema"]
        written = installed.on(f"sqlite:///{folder}/empty.db").alembic(first)
        assert written.returncode == 0, written.stderr
    return installed
