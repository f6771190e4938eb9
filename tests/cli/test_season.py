"""`peergroup apply`, `export` and `schema`: a season as a file, through a running service on each database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from tests.cli.conftest import Here
from tests.cli.serving import Running, serving
from tests.installed import Installed

SEASON = """\
season: 2031
themes:
  - title: Hiring well
agenda_templates:
  - title: Two hot seats
    segments:
      - {title: Welcome, kind: opening, minutes: 10}
      - {title: First, kind: hot_seat, minutes: 50}
      - {title: Second, kind: hot_seat, minutes: 50}
groups:
  - name: Founders East
    time_zone: Europe/Oslo
    covenant: What is said here stays here.
    moderators: [%(moderator)s]
    members:
      - {name: Bea Bright, email: bea@example.com}
    usual:
      rule: FREQ=MONTHLY;BYDAY=3TU
      local_time: 18:00
      minutes: 120
      agenda_template: Two hot seats
    sessions:
      - key: 2031-01
        theme: Hiring well
        host: %(moderator)s
        hot_seats: [%(moderator)s]
      - key: 2031-02
      - key: 2031-03
  - name: Founders West
    active: false
    sessions:
      - local_start: 2031-01-07T09:00
"""


class Season:
    """A service with a seed, the command line on it, and a season file."""

    def __init__(self, installed: Installed, running: Running, folder: Path) -> None:
        seeded = json.loads(installed.run("seed", "--json").stdout)
        self.tokens: dict[str, Any] = seeded["tokens"]
        url = installed.environment["PEERGROUP_DATABASE_URL"]
        self.there = installed.on(url, url=running.address, token=self.tokens["admin"])
        self.running, self.file = running, folder / "season.yaml"
        me = running.get("/v1/me", headers={"Authorization": f"Bearer {self.tokens['moderator']}"})
        self.moderator = me.json()["person"]["email"] or me.json()["person"]["id"]
        self.write(SEASON)

    def write(self, text: str) -> None:
        self.file.write_text(text % {"moderator": self.moderator} if "%(" in text else text)

    def apply(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of `peergroup apply`."""
        done = self.there.run("apply", str(self.file), *words)
        return done.returncode, done.stdout, done.stderr

    def applied(self, *words: str) -> dict[str, Any]:
        """What `apply --json` printed."""
        code, out, err = self.apply("--json", *words)
        assert out, (code, err)
        return dict(json.loads(out))


@contextmanager
def season_on(installed: Installed, folder: Path) -> Iterator[Season]:
    """A season file beside a service that has a seed."""
    assert installed.run("migrate").returncode == 0
    with serving(installed) as running:
        yield Season(installed, running, folder)


def counted(outcome: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in outcome["summary"].items() if count}


async def test_a_season_is_compared_applied_and_written_down(on_either: Installed, tmp_path: Path) -> None:
    with season_on(on_either, tmp_path) as season:
        compare_apply_and_write_down(season)
        show_changes_with_what_they_were(season)


def test_what_is_refused_is_told_with_its_place(on_sqlite: Installed, tmp_path: Path) -> None:
    with season_on(on_sqlite, tmp_path) as season:
        tell_line_and_column(season)
        season.write(SEASON)
        hold_nobody_back(season)


def compare_apply_and_write_down(season: Season) -> None:
    code, out, err = season.apply("--dry-run")
    assert code == 0, err
    told = (
        "group Founders East",
        "  + group Founders East",
        "  + session 2031-01",
        "  + member bea@example.com",
    )
    for line in told:
        assert line in out.splitlines(), out
    assert "9 to create, 1 unchanged." in out
    code, out, err = season.apply()
    assert (code, out) == (2, "")
    assert "nobody to ask" in err
    code, out, err = season.apply("--yes")
    assert (code, "9 created, 1 unchanged." in out) == (0, True), (out, err)
    code, out, _ = season.apply("--yes")
    assert (code, out.startswith("Nothing to do: ")) == (0, True), out
    written = season.there.run("export", "Founders East", "Founders West", "--year", "2031")
    assert written.returncode == 0, written.stderr
    season.file.write_text(written.stdout)
    again = season.applied()
    assert (set(counted(again)), again["applied"]) == ({"unchanged"}, False)


def show_changes_with_what_they_were(season: Season) -> None:
    season.write(SEASON)
    text = season.file.read_text()
    season.write(text.replace("minutes: 120", "minutes: 150").replace("      - key: 2031-03\n", ""))
    code, out, err = season.apply("--dry-run")
    assert code == 0, err
    lines = [line.rstrip() for line in out.splitlines()]
    assert "  ~ session 2031-02" in lines
    assert "      minutes  120 → 150" in lines
    assert "  - session 2031-03" in lines
    assert "2 to change, 1 to delete, 7 unchanged." in lines


def tell_line_and_column(season: Season) -> None:
    text = season.file.read_text()
    season.write(
        text.replace("minutes: 120", "minutes: long").replace("    active: false", "    activ: false")
    )
    code, out, err = season.apply("--yes")
    assert (code, out) == (2, "")
    assert f"{season.file}:20:7: /groups/0/usual/minutes: " in err
    assert f"{season.file}:30:5: /groups/1/activ: the format knows no such field" in err
    season.write(text.replace("host: ", "host: nobody@example.com # "))
    code, out, err = season.apply("--yes")
    assert code == 1
    found = err.replace("\n", "")
    assert f"{season.file}:25:9: Founders East: is nobody known here" in found
    assert "Nothing was changed." in found
    season.write("season: [2031\n")
    code, out, err = season.apply()
    assert (
        code,
        f"{season.file}:2:1: the text is not valid YAML here: a bracket is not closed before this." in err,
    ) == (2, True), err


def hold_nobody_back(season: Season) -> None:
    late = season.file.read_text() + (
        "  - name: Founders Late\n    sessions:\n      - {key: a, local_start: 2031-01-07T09:00}\n"
    )
    season.write(late)
    outcome = season.applied("--yes")
    assert (outcome["applied"], counted(outcome)) == (False, {"created": 9, "unchanged": 1})
    (refused,) = outcome["refused"]
    assert (refused["part"], refused["place"]) == ("Founders Late", f"{season.file}:33:5")
    assert "moderator" in refused["detail"]
    assert season.apply("--yes")[0] == 1


def test_what_a_file_lacks_is_said_before_anything_is_asked(here: Here, tmp_path: Path) -> None:
    gone = here("apply", str(tmp_path / "gone.yaml"))
    assert (gone.code, gone.is_one_line) == (2, True)
    odd = tmp_path / "odd.yaml"
    odd.write_bytes(b"season: \xff\n")
    assert here("apply", str(odd)).code == 2
    fine = tmp_path / "fine.yaml"
    fine.write_text("season: 2031\nthemes: [{title: Hiring well}]\n")
    without = here("apply", str(fine))
    assert (without.code, "PEERGROUP_TOKEN is not set" in without.err) == (2, True)
    unreachable = here("apply", str(fine), url="http://127.0.0.1:9", token="pgk_x")
    assert unreachable.code == 3


def test_editors_get_a_schema(here: Here) -> None:
    schema = json.loads(here("schema", "season").out)
    Draft202012Validator.check_schema(schema)
    document = yaml.safe_load(SEASON.replace("%(moderator)s", "mona@example.com").replace("18:00", '"18:00"'))
    document["groups"][1]["sessions"][0]["local_start"] = "2031-01-07T09:00"
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    document["groups"][0]["usual"]["minutes"] = "long"
    assert len(list(Draft202012Validator(schema).iter_errors(document))) == 1
    assert json.loads(here("schema", "protocol").out)["title"] == "Protocol"
