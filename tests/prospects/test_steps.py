"""The way through a funnel, as a table: who may go where, and what is still missing."""

import pytest

from peergroup.organizations.schemas import DEFAULT_FUNNEL, FunnelStep
from peergroup.prospects import steps
from tests.prospects.factories import a_funnel

USUAL = [step.key for step in DEFAULT_FUNNEL]
ROWS = [
    # funnel, taken, spent, what may follow, what is missing
    (["a", "b"], [], [], ["a"], ["a", "b"]),
    (["a?", "b"], [], [], ["a", "b"], ["b"]),
    (["a?", "b?", "c"], [], [], ["a", "b", "c"], ["c"]),
    (["a?", "b?"], [], [], ["a", "b"], []),
    (["a", "b", "c"], ["a"], [], ["b"], ["b", "c"]),
    (["a", "b?", "c"], ["a"], [], ["b", "c"], ["c"]),
    (["a", "b"], ["a", "b"], [], [], []),
    (["a?", "b"], ["b"], [], [], []),
    ([], [], [], [], []),
    # a step that somebody took is taken out of the settings: they go on from the one before
    (["a", "c"], ["a", "b"], [], ["c"], ["c"]),
    (["c", "d"], ["a", "b"], [], ["c"], ["c", "d"]),
    # a step is put in behind somebody: it is not asked of them
    (["a", "new", "b", "c"], ["a", "b"], [], ["c"], ["c"]),
    (["b", "a", "c"], ["a"], [], ["c"], ["c"]),
    # what is used up need not be had again
    (["discovery_held", "x"], [], ["discovery_call"], ["discovery_held", "x"], ["x"]),
    (
        ["discovery_held", "strategy_held", "x"],
        [],
        ["strategy_session"],
        ["discovery_held"],
        ["discovery_held", "x"],
    ),
]


@pytest.mark.parametrize(("keys", "taken", "spent", "following", "missing"), ROWS)
def test_the_way_through_a_funnel(
    keys: list[str], taken: list[str], spent: list[str], following: list[str], missing: list[str]
) -> None:
    funnel = [FunnelStep.model_validate(step) for step in a_funnel(*keys)]
    assert steps.following(funnel, taken, spent) == following
    assert steps.missing(funnel, taken, spent) == missing


def test_the_usual_funnel_leads_through_calls_to_a_visit() -> None:
    assert steps.following(DEFAULT_FUNNEL, []) == USUAL[:2]
    assert steps.missing(DEFAULT_FUNNEL, []) == USUAL[1:]
    assert [step.uses for step in DEFAULT_FUNNEL if step.uses] == ["discovery_call", "strategy_session"]
    assert [step.key for step in DEFAULT_FUNNEL if step.needs_visit] == ["guest_attended"]
