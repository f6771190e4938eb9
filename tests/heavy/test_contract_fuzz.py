"""Whatever schemathesis sends, the service answers as its contract says. `.ci/fuzz` does the same for longer."""

from pathlib import Path

import pytest

from tests.heavy import fuzzing
from tests.scale import FULL, scaled

SECONDS = scaled(45, 900)
WHO = fuzzing.IDENTITIES if FULL else ("admin",)
PHASES = () if FULL else ("--phases", "examples,fuzzing", "--max-examples", "3")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"] if FULL else ["sqlite"])
async def test_no_request_breaks_the_contract(kind: str, folder: Path, tmp_path: Path) -> None:
    outcomes = await fuzzing.spend(kind, SECONDS, tmp_path, folder, WHO, *PHASES)
    assert not any(one.failures for one in outcomes.values()), fuzzing.told(outcomes)
    reached = set[str]().union(*(one.succeeded() for one in outcomes.values()))
    assert len(reached & fuzzing.operations()) >= scaled(40, 120), fuzzing.told(outcomes)
