"""The lifecycle of a case, as a table."""

from peergroup.groups import policy
from peergroup.groups.case_schemas import CloseIn
from peergroup.kit.lifecycle import Lifecycle, Verb

CASE = Lifecycle(
    first="open",
    scope="groups:write",
    verbs={
        "close": Verb(("open",), "closed", (policy.MODERATOR,), takes=CloseIn),
        "settle": Verb(("open",), "closed"),
    },
)
