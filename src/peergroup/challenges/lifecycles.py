"""The lifecycle of a challenge, as a table: the verbs in the order in which they happen in life."""

from peergroup.challenges import guards
from peergroup.challenges.policy import OWNER, RUNNER
from peergroup.challenges.schemas import ChallengeStartIn, ResolveIn
from peergroup.kit.lifecycle import Guard, Lifecycle, Verb
from peergroup.kit.wire import Reason

_BEFORE_COMMITTED = ("parked", "submitted", "returned", "accepted", "in_progress")
_UNTIL_RESOLVED = (*_BEFORE_COMMITTED, "committed", "follow_up_due")

CHALLENGE = Lifecycle(
    first="parked",
    scope="content:write",
    verbs={
        "submit": Verb(
            ("parked", "returned"),
            "submitted",
            (OWNER,),
            (Guard("text_missing", guards.has_the_four_texts),),
            records="challenge.submitted",
        ),
        "accept": Verb(("submitted",), "accepted", (RUNNER,), records="challenge.accepted"),
        "send_back": Verb(
            ("submitted", "accepted"), "returned", (RUNNER,), takes=Reason, records="challenge.returned"
        ),
        "start": Verb(
            ("accepted",),
            "in_progress",
            (RUNNER,),
            (
                Guard("owner_inactive", guards.owner_is_active),
                Guard("session_not_running", guards.session_runs),
                Guard("exercise_running", guards.session_is_free),
                Guard("too_many_running", guards.few_run_asynchronously),
            ),
            takes=ChallengeStartIn,
            records="challenge.started",
        ),
        "commit": Verb(
            ("in_progress",),
            "committed",
            (OWNER,),
            (Guard("no_commitment", guards.owner_promised),),
            records="challenge.committed",
        ),
        "follow_up": Verb(("committed",), "follow_up_due", records="challenge.follow_up_due"),
        "resolve": Verb(
            ("committed", "follow_up_due"),
            "resolved",
            (OWNER,),
            takes=ResolveIn,
            records="challenge.resolved",
        ),
        "withdraw": Verb(_BEFORE_COMMITTED, "withdrawn", (OWNER,), records="challenge.withdrawn"),
        "drop": Verb(_UNTIL_RESOLVED, "dropped", (RUNNER,), takes=Reason, records="challenge.dropped"),
        "reopen": Verb(("in_progress",), "accepted", records="challenge.reopened"),
    },
)
