"""`peergroup openapi`: the contract without a database."""

import json
from pathlib import Path

from tests.cli.conftest import Here
from tests.installed import ROOT, Installed

NOWHERE = "postgresql://127.0.0.1:1/none"


def test_the_contract_is_printed_without_a_database_or_a_secret(installed: Installed) -> None:
    printed = installed.on(NOWHERE, secret="").run("openapi")
    assert printed.returncode == 0, printed.stderr
    assert json.loads(printed.stdout)["openapi"].startswith("3.1")


def test_the_contract_is_checked_against_a_file_and_written(here: Here, tmp_path: Path) -> None:
    file = str(tmp_path / "openapi" / "openapi.json")
    stale = here("openapi", file, "--check")
    assert (stale.code, stale.is_one_line) == (1, True)
    assert "--write" in stale.err
    assert here("openapi", file, "--write").code == 0
    assert here("openapi", file, "--check").code == 0


def test_the_checked_in_contract_is_the_present_one(here: Here) -> None:
    checked = here("openapi", str(ROOT / "openapi" / "openapi.json"), "--check")
    assert checked.code == 0, checked.err
