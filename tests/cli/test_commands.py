"""The command line as a whole: help, versions, exit codes, and nothing imported without need."""

import json
import subprocess
import sys

import pytest

from peergroup.cli.commands import COMMANDS, overview
from tests.cli.conftest import Here
from tests.installed import Installed

NAMES = [name for name, _, _ in COMMANDS]


def test_the_overview_names_every_command_and_the_exit_codes(installed: Installed) -> None:
    shown = installed.run()
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, overview() + "\n", "")
    assert all(f"  {name} " in shown.stdout for name in NAMES)
    assert "2 usage" in shown.stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself(here: Here, name: str) -> None:
    shown = here(name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith(f"Usage: peergroup {name}")


def test_the_overview_imports_neither_libraries_nor_the_service(installed: Installed) -> None:
    script = (
        "import sys, json; sys.argv = ['peergroup', '--help']; from peergroup.cli import main; main();"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    line = [sys.executable, "-c", script]
    ran = subprocess.run(line, env=installed.variables, capture_output=True, text=True, check=True)
    loaded = set(json.loads(ran.stderr))
    assert not loaded & {"cyclopts", "rich", "sqlalchemy", "fastapi", "pydantic", "peergroup.app", "asyncio"}


def test_the_help_of_a_command_does_not_import_the_service(installed: Installed) -> None:
    script = (
        "import sys; sys.argv = ['peergroup', 'serve', '--help']; from peergroup.cli.running import run;"
        "run(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"
    )
    line = [sys.executable, "-c", script]
    ran = subprocess.run(line, env=installed.variables, capture_output=True, text=True, check=True)
    assert not set(ran.stderr.split()) & {"sqlalchemy", "fastapi", "uvicorn", "peergroup.app"}


@pytest.mark.parametrize(
    "words",
    [("serv",), ("serve", "--prot", "1"), ("init", "--name"), ("keys", "forge"), ("serve", "--workers", "0")],
)
def test_a_command_line_that_makes_no_sense_ends_with_two_and_one_line(
    here: Here, words: tuple[str, ...]
) -> None:
    refused = here(*words)
    assert (refused.code, refused.is_one_line) == (2, True), refused


def test_the_exit_code_is_that_of_the_process(installed: Installed) -> None:
    refused = installed.run("serv")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--help" in refused.stderr


def test_the_version_is_told(here: Here) -> None:
    assert here("--version").out.strip() == "0.1.0"


@pytest.mark.parametrize("words", [("migrate",), ("serve", "--port", "0"), ("work",), ("keys", "list")])
@pytest.mark.parametrize(
    ("url", "code", "named"),
    [
        ("postgresql://peer:s3cret@127.0.0.1:1/none", 3, "PEERGROUP_DATABASE_URL"),
        ("sqlite:////nowhere/at/all.db", 3, "PEERGROUP_DATABASE_URL"),
        ("mysql://peer:s3cret@localhost/x", 2, "use sqlite or postgresql"),
    ],
)
def test_a_database_that_does_not_answer_is_told_in_one_line(
    here: Here, words: tuple[str, ...], url: str, code: int, named: str
) -> None:
    refused = here(*words, database_url=url)
    assert (refused.code, refused.is_one_line) == (code, True), refused
    assert named in refused.err
    assert "s3cret" not in refused.err


def test_a_setting_that_makes_no_sense_is_named(here: Here) -> None:
    refused = here("settings", pool_size="many")
    assert (refused.code, refused.is_one_line) == (2, True)
    assert refused.err.startswith("peergroup: PEERGROUP_POOL_SIZE")


@pytest.mark.parametrize("secret", ["", "short"])
def test_postgresql_needs_a_secret_and_says_so(here: Here, secret: str) -> None:
    refused = here("serve", "--port", "0", database_url="postgresql://127.0.0.1:1/none", secret=secret)
    assert (refused.code, refused.is_one_line) == (2, True)
    assert "PEERGROUP_SECRET" in refused.err


def test_settings_are_shown_without_secrets(here: Here) -> None:
    known = {"database_url": "postgresql://peer:s3cret@db/peer", "metrics_token": "figures please"}
    for words in ((), ("--json",)):
        shown = here("settings", *words, **known)
        assert shown.code == 0, shown.err
        assert not [word for word in ("s3cret", "figures", "a secret of the tests") if word in shown.out]
    said = {one["variable"]: one for one in json.loads(here("settings", "--json").out)["settings"]}
    assert said["PEERGROUP_DATABASE_URL"]["value"] == "postgresql://peer:***@db/peer"
    assert said["PEERGROUP_METRICS_TOKEN"]["set"]
    assert all(one["meaning"] for one in said.values())
