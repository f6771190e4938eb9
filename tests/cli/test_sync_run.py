"""`peergroup sync run`: a connected account or a file, through a running service."""

import json
from pathlib import Path

import pytest

from peergroup.client import Peergroup
from tests.cli.conftest import Here
from tests.cli.serving import serving
from tests.installed import Installed
from tests.sync.runs import lines
from tests.sync.tryton import Tryton, tryton

__all__ = ["tryton"]
FIVE = [f"{n},Person {n},p{n}@example.com" for n in range(1, 6)]


@pytest.fixture
def begun(founded: Installed, here: Here) -> Installed:
    """An installation with an organization and an integrator's key."""
    url = founded.environment["PEERGROUP_DATABASE_URL"]
    words = ("keys", "make", "--name", "crm", "--scope", "sync:write,people:read", "--json")
    return founded.on(url, token=json.loads(here(*words, database_url=url).out)["secret"])


def test_a_file_is_synchronized_in_full_and_the_fuse_asks(begun: Installed, tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    with serving(begun) as running:
        there = begun.on(begun.environment["PEERGROUP_DATABASE_URL"], url=running.address)
        command = ("sync", "run", "crm", "--file", str(file), "--full")
        file.write_bytes(lines(*FIVE))
        assert json.loads(there.run(*command, "--json").stdout)["summary"]["created"] == 5
        file.write_bytes(lines(*FIVE[:3]))
        shown = there.run(*command, "--dry-run")
        assert (shown.returncode, "--confirm-removals 2" in shown.stdout) == (0, True), shown.stdout
        refused = there.run(*command)
        assert (refused.returncode, "2 of 5 people would be shut out" in refused.stderr) == (1, True)
        done = there.run(*command, "--confirm-removals", "2", "--json")
        told = json.loads(done.stdout)
        assert (done.returncode, told["summary"]["removed"], told["removals"]["people"]) == (0, 2, 2)
        assert [one["status"] for one in told["results"]].count("removed") == 2


def test_a_connected_tryton_is_walked_through(begun: Installed, tryton: Tryton) -> None:
    party = tryton.make("Maren Östergård", "maren.sync@example.com")
    begun.environment["PEERGROUP_OUTGOING_ALLOW"] = '["127.0.0.0/8"]'
    with serving(begun) as running:
        there = begun.on(begun.environment["PEERGROUP_DATABASE_URL"], url=running.address)
        with Peergroup(running.address, token=begun.environment["PEERGROUP_TOKEN"]) as client:
            account = tryton.connection.model_dump()
            client.connections.create(source="tryton", account=account)
            rehearsed = there.run("sync", "run", "tryton", "--dry-run")
            assert (rehearsed.returncode, "Would be:" in rehearsed.stdout) == (0, True), rehearsed.stderr
            done = there.run("sync", "run", "tryton", "--json")
            assert done.returncode == 0, done.stderr
            found = client.people.get_by_reference("tryton", str(party))
            assert (found.name, found.email) == ("Maren Östergård", "maren.sync@example.com")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("sync", "run"), 2),
        (("sync", "run", "crm", "--file", "/nowhere.csv"), 2),
        (("sync", "run", "nothing-connected"), 1),
    ],
)
def test_what_cannot_be_run_is_said(begun: Installed, words: tuple[str, ...], code: int) -> None:
    with serving(begun) as running:
        there = begun.on(begun.environment["PEERGROUP_DATABASE_URL"], url=running.address)
        done = there.run(*words)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
