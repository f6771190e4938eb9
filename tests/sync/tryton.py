"""A real Tryton: built from its packages in an environment of its own, with the party module, on SQLite.

The environment and an empty database are made once for a machine (some seconds), whoever comes first, and kept in
the user's cache. Each session then serves a copy of the database on a free port of the loopback interface.
"""

import base64
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from peergroup.sync.sources.connections import TrytonConnectionIn
from tests.servers import free_port

PACKAGES = (
    "trytond==8.2.1",
    "trytond-party==8.2.0",
    "trytond-country==8.2.0",
    "argon2-cffi==25.1.0",
    "argon2-cffi-bindings==26.2.0",
    "cffi==2.1.1",
    "defusedxml==0.7.1",
    "genshi==0.7.12",
    "lxml==6.1.3",
    "markupsafe==3.0.4",
    "polib==1.2.0",
    "puremagic==1.30",
    "pwdlib==0.3.1",
    "pycparser==3.12",
    "python-dateutil==4.0.0",
    "python-sql==1.8.1",
    "python-stdnum==2.2",
    "relatorio==1.0.0",
    "simpleeval==1.0.8",
    "tzdata==2026.6",
    "werkzeug==3.1.9",
)
DATABASE = "crm"
_BEGIN = """
import json, sys
import trytond.config as config
config.update_etc(sys.argv[1])
from trytond.pool import Pool
from trytond.transaction import Transaction
Pool.start()
Pool(sys.argv[2]).init()
"""
_MAKE_KEYS = """
with Transaction().start(sys.argv[2], 1) as transaction:
    User, Application = (Pool().get(name) for name in ("res.user", "res.user.application"))
    reader = User(login="peergroup", name="Peergroup")
    reader.save()
    made = [Application(user=user, application="rest", state="validated") for user in (reader, User(1))]
    Application.save(made)
    print(json.dumps({"reader": made[0].key, "admin": made[1].key}))
"""


_REPLACE = """
goes, stays = map(int, sys.argv[3:])
context = {"active_model": "party.party", "active_id": goes, "active_ids": [goes]}
with Transaction().start(sys.argv[2], 1, context=context):
    Replace = Pool().get("party.replace", type="wizard")
    wizard = Replace(Replace.create()[0])
    wizard.ask.source, wizard.ask.destination = goes, stays
    wizard.transition_replace()
    Transaction().commit()
"""


def built() -> Path:
    """The folder with the environment (`bin`), the empty database (`crm.sqlite`) and the keys to it (`keys.json`)."""
    wanted = "\n".join((*PACKAGES, _BEGIN, _MAKE_KEYS, sys.version))
    folder = _cache() / f"tryton-{hashlib.sha256(wanted.encode()).hexdigest()[:16]}"
    with _alone(folder.with_suffix(".lock")):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _build(folder)
            (folder / "complete").touch()
    return folder


def _cache() -> Path:
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "peergroup-tests"
    try:
        home.mkdir(parents=True, exist_ok=True)
        return home
    except OSError:  # a home that cannot be written to
        return Path(tempfile.mkdtemp(prefix="peergroup-tests-"))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time; the others wait until it is done."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _build(folder: Path) -> None:
    _run(sys.executable, "-m", "venv", str(folder))
    python = folder / "bin" / "python"
    sparing = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile")
    _run(python, "-m", "pip", "install", *sparing, *PACKAGES)
    settings = _settings(folder, 0)
    (folder / f"{DATABASE}.sqlite").touch()
    (folder / "password").write_text("only-on-loopback\n")
    password = {"TRYTONPASSFILE": str(folder / "password")}
    module = ("-u", "party", "--activate-dependencies")
    admin = ("--email", "admin@example.com", "-p")
    _run(
        python, folder / "bin" / "trytond-admin", "-c", settings, "-d", DATABASE, *module, *admin, **password
    )
    (folder / "keys.json").write_text(_run(python, "-c", _BEGIN + _MAKE_KEYS, settings, DATABASE))


def _settings(folder: Path, port: int) -> Path:
    path = folder / "trytond.conf"
    path.write_text(
        f"[database]\nuri = sqlite://\npath = {folder}\n[web]\nlisten = 127.0.0.1:{port}\n[cache]\nclean_timeout = 0\n"
    )
    return path


def _run(*command: object, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        env=_quiet() | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout


def _quiet() -> dict[str, str]:
    """Nothing of this process's own packages and settings."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }


@dataclass
class Tryton:
    """A Tryton that is running. `make`, `change` and the others do what its users do in the client."""

    environment: Path
    folder: Path
    port: int = field(default_factory=free_port)
    process: Any = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def connection(self) -> TrytonConnectionIn:
        """What an integrator would enter: the key of a user who may read, no more."""
        return TrytonConnectionIn(
            kind="tryton", base_url=self.address, database=DATABASE, key=self._key("reader")
        )

    def start(self) -> "Tryton":
        shutil.copy(self.environment / f"{DATABASE}.sqlite", self.folder)
        command = [self.environment / "bin" / "python", self.environment / "bin" / "trytond"]
        with (self.folder / "trytond.log").open("w") as log:
            self.process = subprocess.Popen(
                [*map(str, command), "-c", str(_settings(self.folder, self.port)), "-d", DATABASE],
                env=_quiet(),
                stdout=log,
                stderr=log,
            )
        return self

    def wait(self, seconds: float = 60) -> "Tryton":
        """Until it answers."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self._ask("GET", "party.party", params={"s": "1"}) == []:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError((self.folder / "trytond.log").read_text()[-2_000:])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def make(self, name: str | None, *emails: str, **values: Any) -> int:
        """A party with these addresses, the preferred one first; its id."""
        mechanisms = [{"type": "email", "value": email} for email in emails]
        made = {"name": name, "contact_mechanisms": [("create", mechanisms)]} | values
        return int(self._ask("POST", "party.party", json=made)["id"])

    def change(self, party: int, **values: Any) -> None:
        self._ask("PUT", f"party.party/{party}", json=values)

    def deactivate(self, party: int) -> None:
        self.change(party, active=False)

    def delete(self, party: int) -> None:
        self._ask("DELETE", f"party.party/{party}")

    def mechanisms(self, party: int) -> list[int]:
        """The ids of its contact mechanisms, in Tryton's order."""
        found = self._ask("GET", f"party.party/{party}", params={"f": "contact_mechanisms.id"})
        return [one["id"] for one in found["contact_mechanisms"]]

    def change_mechanism(self, mechanism: int, **values: Any) -> None:
        self._ask("PUT", f"party.contact_mechanism/{mechanism}", json=values)

    def replace(self, goes: int, stays: int) -> None:
        """Merge duplicates with Tryton's own wizard, which the REST API does not offer."""
        python = self.environment / "bin" / "python"
        _run(python, "-c", _BEGIN + _REPLACE, self.folder / "trytond.conf", DATABASE, goes, stays)

    def grow_older(self, minutes: int = 60) -> None:
        """Whatever was made or changed by now was so some time earlier: nobody wants to wait for it."""
        with closing(sqlite3.connect(self.folder / f"{DATABASE}.sqlite", timeout=20)) as database:
            for table in ("party_party", "party_contact_mechanism"):
                for column in ("create_date", "write_date"):
                    database.execute(
                        f"UPDATE {table} SET {column} = strftime('%Y-%m-%d %H:%M:%f', {column}, '-{minutes} minutes')"
                    )
            database.commit()

    def _key(self, name: str) -> str:
        return str(json.loads((self.environment / "keys.json").read_text())[name])

    def _ask(self, method: str, path: str, **content: Any) -> Any:
        everybody = base64.urlsafe_b64encode(b'{"active_test": false}').decode()
        headers = {"Authorization": f"bearer {self._key('admin')}", "X-Tryton-Context": everybody}
        url = f"{self.address}/{DATABASE}/rest/model/{path}"
        answer = httpx.request(method, url, headers=headers, timeout=20, **content)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


@pytest.fixture(scope="session")
def tryton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tryton]:
    """One Tryton for all tests of a session that ask for it: they share its parties."""
    running = Tryton(built(), tmp_path_factory.mktemp("tryton")).start()
    try:
        yield running.wait()
    finally:
        running.stop()
