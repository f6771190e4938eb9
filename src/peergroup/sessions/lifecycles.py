"""The lifecycle of a session, as a table: the verbs in the order in which they happen in life."""

from peergroup.groups.policy import MEMBER, MODERATOR
from peergroup.kit.lifecycle import Guard, Lifecycle, Verb
from peergroup.kit.wire import Reason
from peergroup.sessions import guards
from peergroup.sessions.models import RUNNING
from peergroup.sessions.policy import CLAIMANT
from peergroup.sessions.schemas import ExtendIn, StartIn

_GROUP_ACTIVE = Guard("group_inactive", guards.group_is_active)
_NO_EXERCISE = Guard("exercise_running", guards.no_exercise_runs)
_NO_OVERLAP = Guard("overlap", guards.time_is_free)

SESSION = Lifecycle(
    first="draft",
    scope="sessions:write",
    verbs={
        "schedule": Verb(
            ("draft",),
            "scheduled",
            (MODERATOR,),
            (_GROUP_ACTIVE, Guard("over", guards.is_not_over), _NO_OVERLAP),
            records="session.scheduled",
        ),
        "start": Verb(
            ("scheduled",),
            "in_progress",
            (MODERATOR,),
            (
                _GROUP_ACTIVE,
                Guard("too_early", guards.is_not_early),
                Guard("too_late", guards.is_not_late),
                Guard("another_running", guards.no_other_runs),
            ),
            takes=StartIn,
            records="session.started",
        ),
        "next": Verb(
            ("in_progress",),
            None,
            (MODERATOR,),
            (_NO_EXERCISE, Guard("agenda_over", guards.agenda_goes_on)),
            records="session.segment_changed",
        ),
        "back": Verb(
            ("in_progress",),
            None,
            (MODERATOR,),
            (_NO_EXERCISE, Guard("first_segment", guards.can_go_back)),
            records="session.segment_changed",
        ),
        "extend": Verb(
            RUNNING,
            None,
            (MODERATOR,),
            (Guard("no_segment", guards.segment_runs),),
            takes=ExtendIn,
            records="session.extended",
        ),
        "pause": Verb(("in_progress",), "paused", (MODERATOR, CLAIMANT), records="session.paused"),
        "resume": Verb(("paused",), "in_progress", (MODERATOR,), records="session.resumed"),
        "complete": Verb(
            RUNNING,
            "completed",
            (MODERATOR, CLAIMANT),
            (Guard("attendance_missing", guards.attendance_is_marked), _NO_EXERCISE),
            records="session.completed",
        ),
        "cancel": Verb(
            ("draft", "scheduled"), "cancelled", (MODERATOR,), takes=Reason, records="session.cancelled"
        ),
        "claim": Verb(
            RUNNING,
            None,
            (MODERATOR, MEMBER),
            (Guard("led", guards.nobody_leads),),
            records="session.claimed",
        ),
    },
)
