"""What can happen to a person, as a table."""

from peergroup.kit.lifecycle import Lifecycle, Verb
from peergroup.organizations.policy import ADMIN, SERVICE
from peergroup.people.guards import LAST_OWNER
from peergroup.people.policy import SELF
from peergroup.people.schemas import EraseIn, MergeIn

LIVING = ("active", "deactivated")

PERSON = Lifecycle(
    first="active",
    scope="people:write",
    verbs={
        "deactivate": Verb(
            ("active",), "deactivated", (ADMIN, SERVICE), guards=(LAST_OWNER,), records="person.deactivated"
        ),
        "reactivate": Verb(("deactivated",), "active", (ADMIN, SERVICE), records="person.reactivated"),
        "merge": Verb(
            LIVING, "merged", (ADMIN, SERVICE), guards=(LAST_OWNER,), takes=MergeIn, records="person.merged"
        ),
        "erase": Verb(
            LIVING,
            "erased",
            (ADMIN, SERVICE, SELF),
            guards=(LAST_OWNER,),
            takes=EraseIn,
            records="person.erased",
        ),
    },
)
