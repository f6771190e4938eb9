"""What a credential may be cut down to: the one table of scopes."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field


@dataclass(frozen=True)
class Scope:
    """One scope: its name, what it opens, and whether a service key may hold it."""

    name: str
    opens: str
    for_services: bool = True


TABLE = (
    Scope("people:read", "Read people and companies."),
    Scope("people:write", "Add and change people and companies."),
    Scope("groups:read", "Read groups and their rosters."),
    Scope("groups:write", "Found and change groups, invite and remove members."),
    Scope("sessions:read", "Read sessions, plans and agendas."),
    Scope("sessions:write", "Plan, run and change sessions."),
    # Words belong to people: a key without a person never holds these two.
    Scope("content:read", "Read what is said in groups.", for_services=False),
    Scope("content:write", "Say something in groups.", for_services=False),
    Scope("events:read", "Read the feed of events."),
    Scope("webhooks:write", "Register webhooks and see their deliveries."),
    Scope("sync:write", "Import people from other systems."),
    Scope("scim", "Provision people and groups through SCIM 2.0."),
    Scope("organization:write", "Change the organization; see, make and revoke its keys."),
)
EVERY = tuple(scope.name for scope in TABLE)
FOR_SERVICES = tuple(scope.name for scope in TABLE if scope.for_services)


def _one_of(known: tuple[str, ...]) -> AfterValidator:
    def judge(value: str) -> str:
        if value not in known:
            raise ValueError("is not one of the scopes that such a key may hold")
        return value

    return AfterValidator(judge)


def _bounds(known: tuple[str, ...]) -> object:
    return Field(min_length=1, max_length=60, json_schema_extra={"enum": list(known)})


ScopeName = Annotated[str, _bounds(EVERY), _one_of(EVERY)]
ServiceScopeName = Annotated[str, _bounds(FOR_SERVICES), _one_of(FOR_SERVICES)]
