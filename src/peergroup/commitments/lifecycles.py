"""The lifecycle of a promise, as a table."""

from peergroup.commitments import guards
from peergroup.commitments.policy import OWNER
from peergroup.commitments.schemas import CommitmentDropIn, RenegotiateIn
from peergroup.kit.lifecycle import Guard, Lifecycle, Verb

COMMITMENT = Lifecycle(
    first="open",
    scope="content:write",
    verbs={
        "complete": Verb(("open",), "done", (OWNER,), records="commitment.completed"),
        "renegotiate": Verb(
            ("open",),
            None,
            (OWNER,),
            (
                Guard("by_when_past", guards.by_when_lies_ahead),
                Guard("moved_too_often", guards.moved_rarely),
            ),
            takes=RenegotiateIn,
            records="commitment.renegotiated",
        ),
        "miss": Verb(("open",), "missed", (OWNER,), records="commitment.missed"),
        "drop": Verb(("open",), "dropped", (OWNER,), takes=CommitmentDropIn, records="commitment.dropped"),
        "lapse": Verb(("open",), "missed", records="commitment.missed"),
    },
)
