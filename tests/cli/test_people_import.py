"""`peergroup people import`: the exports as they are, through a running service."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Here
from tests.cli.serving import serving
from tests.installed import Installed

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def begun(founded: Installed, here: Here) -> Installed:
    """An installation with an organization and an integrator's key."""
    url = founded.environment["PEERGROUP_DATABASE_URL"]
    words = ("keys", "make", "--name", "crm", "--scope", "sync:write,people:read", "--json")
    return founded.on(url, token=json.loads(here(*words, database_url=url).out)["secret"])


def test_three_exports_come_in_twice(begun: Installed) -> None:
    with serving(begun) as running:
        there = begun.on(begun.environment["PEERGROUP_DATABASE_URL"], url=running.address)
        first, second = [], []
        for outcomes in (first, second):
            for name, source in (
                ("hubspot-contacts", "hubspot"),
                ("salesforce-report", "salesforce"),
                ("excel-german", "excel"),
            ):
                done = there.run("people", "import", str(DATA / f"{name}.csv"), "--source", source, "--json")
                outcomes.append((done.returncode, json.loads(done.stdout)["summary"]))
    assert [code for code, _ in first + second] == [1, 1, 0, 1, 1, 0]
    assert [one["created"] for _, one in first] == [17, 2, 2]
    assert [one["unchanged"] for _, one in second] == [18, 2, 2]
    for one, two in zip(first, second, strict=True):
        assert all(one[1][name] == two[1][name] for name in ("conflict", "rejected", "footer_rows"))


def test_a_dry_run_tells_and_changes_nothing(begun: Installed) -> None:
    with serving(begun) as running:
        there = begun.on(begun.environment["PEERGROUP_DATABASE_URL"], url=running.address)
        file = str(DATA / "hubspot-contacts.csv")
        rehearsed = there.run("people", "import", file, "--source", "hubspot", "--dry-run")
        assert (rehearsed.returncode, "Would be: 17 created" in rehearsed.stdout) == (1, True), (
            rehearsed.stderr
        )
        assert "This is not an e-mail address" in rehearsed.stdout or "e-mail" in rehearsed.stdout
        again = there.run("people", "import", file, "--source", "hubspot", "--json")
        assert json.loads(again.stdout)["summary"]["created"] == 17


def test_columns_are_named_where_they_are_not_recognised(begun: Installed, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Nr,Rufname,Post\n7,Grace,grace@example.com\n")
    with serving(begun) as running:
        there = begun.on(begun.environment["PEERGROUP_DATABASE_URL"], url=running.address)
        refused = there.run("people", "import", str(file), "--source", "odd")
        assert (refused.returncode, "Rufname" in refused.stderr) == (1, True)
        mapping = ["--map", "Nr=external_id", "--map", "Rufname=name", "--map", "Post=email"]
        taken = there.run("people", "import", str(file), "--source", "odd", *mapping)
        assert (taken.returncode, taken.stdout.strip()) == (0, "1 created.")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nowhere.csv", "--source", "x"], 2),
        (["README.md"], 2),
        (["README.md", "--source", "x", "--map", "y"], 2),
    ],
)
def test_wrong_usage_ends_with_two(begun: Installed, words: list[str], code: int) -> None:
    (begun.folder / "README.md").write_text("a,b\n")
    assert begun.run("people", "import", *words).returncode == code


def test_an_unreachable_service_ends_with_three(begun: Installed) -> None:
    there = begun.on(begun.environment["PEERGROUP_DATABASE_URL"], url="http://127.0.0.1:9")
    done = there.run("people", "import", str(DATA / "excel-german.csv"), "--source", "x")
    assert (done.returncode, "does not answer" in done.stderr) == (3, True)


def test_what_is_wrong_with_the_token_or_the_address_is_said(begun: Installed) -> None:
    file, url = str(DATA / "excel-german.csv"), begun.environment["PEERGROUP_DATABASE_URL"]
    with serving(begun) as running:
        for given, code, said in (
            ({"token": "pgk_nobody", "url": running.address}, 2, "put it into PEERGROUP_TOKEN"),
            ({"token": "", "url": running.address}, 2, "PEERGROUP_TOKEN is not set"),
            ({"url": running.address.removeprefix("http://")}, 2, "it begins with http://"),
            ({"url": f"{running.address}/elsewhere"}, 1, "is not found"),
        ):
            done = begun.on(url, **given).run("people", "import", file, "--source", "x")
            assert (done.returncode, said in done.stderr) == (code, True), done.stderr
            assert "pgk_nobody" not in done.stderr
