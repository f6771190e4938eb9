"""Live phases run over and stay open; asynchronous ones close by the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from peergroup.facilitation.document import read
from peergroup.facilitation.library import builtin
from peergroup.facilitation.timing import (
    deadline_findings,
    ends_after_resume,
    ends_at,
    extended,
    left_at_pause,
    overrun,
    refuses_writes,
)
from tests.facilitation.people import a_protocol

NOON = datetime(2026, 12, 15, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CONTRIBUTE = builtin("ten_brains").phase("contribute")


def test_a_live_phase_ends_after_its_planned_minutes_and_takes_no_notice_of_a_deadline() -> None:
    assert ends_at(CONTRIBUTE, "live", NOON, NOON + MINUTE) == NOON + 15 * MINUTE


def test_an_asynchronous_phase_ends_at_its_deadline_or_not_at_all() -> None:
    assert ends_at(CONTRIBUTE, "async", NOON, NOON + MINUTE) == NOON + MINUTE
    assert ends_at(CONTRIBUTE, "async", NOON) is None


@pytest.mark.parametrize("late", [timedelta(0), MINUTE, 1000 * MINUTE])
def test_a_live_phase_is_never_closed_by_time(late: timedelta) -> None:
    assert not refuses_writes("live", NOON, NOON + late)
    assert overrun(NOON, NOON + late) == late


def test_an_asynchronous_phase_refuses_from_its_deadline_on() -> None:
    assert not refuses_writes("async", NOON, NOON - timedelta(microseconds=1))
    assert refuses_writes("async", NOON, NOON)
    assert not refuses_writes("async", None, NOON)


def test_there_is_no_overrun_before_the_end_or_while_paused() -> None:
    assert overrun(NOON, NOON - MINUTE) == timedelta(0)
    assert overrun(None, NOON) == timedelta(0)


def test_a_pause_keeps_the_time_that_was_left() -> None:
    left = left_at_pause(NOON + 4 * MINUTE, NOON)
    assert ends_after_resume(left, NOON + 30 * MINUTE) == NOON + 34 * MINUTE
    assert ends_after_resume(left_at_pause(None, NOON), NOON) is None


def test_an_overrun_is_still_one_after_a_pause() -> None:
    left = left_at_pause(NOON - 2 * MINUTE, NOON)
    end = ends_after_resume(left, NOON + MINUTE)
    assert overrun(end, NOON + MINUTE) == 2 * MINUTE


def test_extending_adds_to_the_end_or_from_now_after_an_overrun() -> None:
    assert extended(NOON + MINUTE, 5, NOON) == NOON + 6 * MINUTE
    assert extended(NOON - 10 * MINUTE, 5, NOON) == NOON + 5 * MINUTE
    with pytest.raises(ValueError, match="at least one minute"):
        extended(NOON, 0, NOON)


def test_deadlines_rise_with_the_phases_and_lie_in_the_future() -> None:
    protocol = builtin("ten_brains")
    fine = {"commit": NOON + 3 * MINUTE, "clarify": NOON + MINUTE, "build": NOON + 2 * MINUTE}
    assert deadline_findings(protocol, fine, NOON) == ()
    wrong = {"present": NOON, "build": NOON + 2 * MINUTE, "commit": NOON + 2 * MINUTE, "party": NOON}
    found = [finding.pointer for finding in deadline_findings(protocol, wrong, NOON)]
    assert found == ["/deadlines/party", "/deadlines/present", "/deadlines/commit"]


def test_a_method_with_rounds_takes_no_deadlines() -> None:
    protocol = read(a_protocol("", rounds="2"))
    assert [item.pointer for item in deadline_findings(protocol, {"p1": NOON + MINUTE}, NOON)] == [
        "/deadlines"
    ]
    assert deadline_findings(protocol, {}, NOON) == ()
