"""The lifecycle of an exercise, as a table: the verbs in the order in which they happen in life."""

from typing import Any

from peergroup.facilitation import guards, policy
from peergroup.facilitation.schemas import AdvanceIn, ExtendIn
from peergroup.kit.lifecycle import Guard, Lifecycle, Verb

_LEADERS = policy.LEAD.roles


def _after(exercise: Any) -> str:
    """The last phase is left for the end."""
    return "finished" if exercise.step_no + 1 >= exercise.step_count else "running"


EXERCISE = Lifecycle(
    first="pending",
    scope="content:write",
    verbs={
        "start": Verb(
            ("pending",),
            "running",
            _LEADERS,
            (
                Guard("group_inactive", guards.group_is_active),
                Guard("too_few_people", guards.enough_people),
                Guard("too_many_people", guards.not_too_many_people),
                Guard("owner_absent", guards.owner_is_there),
                Guard("exercise_running", guards.session_is_free),
            ),
        ),
        "advance": Verb(
            ("running",),
            _after,
            _LEADERS,
            (
                Guard("another_phase", guards.is_the_phase_meant),
                Guard("everyone_posted_or_passed", guards.exit_holds("everyone_posted_or_passed")),
                Guard("min_contributions", guards.exit_holds("min_contributions")),
                Guard("min_commitments", guards.exit_holds("min_commitments")),
                Guard("top_selected", guards.exit_holds("top_selected")),
                Guard("untaken", guards.everything_is_taken),
            ),
            takes=AdvanceIn,
            may_lead=("running", "finished"),
        ),
        "back": Verb(("running",), None, _LEADERS, (Guard("cannot_go_back", guards.can_go_back),)),
        "pause": Verb(("running",), "paused", _LEADERS, records="exercise.paused"),
        "resume": Verb(("paused",), "running", _LEADERS, records="exercise.resumed"),
        "extend": Verb(
            ("running",),
            None,
            _LEADERS,
            (Guard("no_end", guards.has_an_end),),
            takes=ExtendIn,
            records="phase.extended",
        ),
        "finish": Verb(
            ("running", "paused"),
            "finished",
            _LEADERS,
            (
                Guard("min_commitments", guards.hard_exit_holds("min_commitments")),
                Guard("top_selected", guards.hard_exit_holds("top_selected")),
            ),
        ),
        "abandon": Verb(
            ("pending", "running", "paused"), "abandoned", _LEADERS, records="exercise.abandoned"
        ),
    },
)
