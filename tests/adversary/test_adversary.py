"""An adversary who has everything that is left when all is over, and still cannot tell whose a card or a mark is.

The controls take one part of the anonymity away and show that this adversary is not blind.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.adversary import blunders
from tests.adversary.trial import tried
from tests.scale import report, scaled

ROUNDS = scaled(10, 1_000)
OF_CONTROLS = scaled(5, 50)
KINDS = ["sqlite", "postgresql"]


@pytest.mark.parametrize("kind", KINDS)
async def test_who_has_everything_links_no_better_than_chance(kind: str, folder: Path) -> None:
    for what, verdict in (await tried(kind, folder, ROUNDS)).items():
        report(f"{kind}, {what}: {verdict.told()}")
        assert verdict.is_chance, what


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blunder", [blunders.time_ordered_ids, blunders.exact_times, blunders.no_reinsert])
async def test_control_with_one_blunder_at_least_half_are_linked(
    kind: str,
    blunder: Callable[[pytest.MonkeyPatch], None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blunder(monkeypatch)
    verdict = (await tried(kind, folder, OF_CONTROLS))["card"]
    report(f"{kind}, {blunder.__name__}: {verdict.told()}")
    assert verdict.best.share >= 0.5
