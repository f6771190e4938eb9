"""What an action is given: the transaction, who acts, when. Nothing is ambient."""

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from peergroup.kit import events
from peergroup.kit.database import Database
from peergroup.kit.model import Model
from peergroup.kit.policy import Policy
from peergroup.kit.problems import FORBIDDEN, STALE, Problem, forbidden, not_found
from peergroup.kit.secrets import Vault
from peergroup.kit.settings import Settings

if TYPE_CHECKING:
    from peergroup.kit.reads.statement import Who


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a token resolves to. `scopes` None means everything the person may; service keys have no person."""

    organization_id: UUID
    kind: str
    person_id: UUID | None = None
    credential_id: UUID | None = None
    scopes: frozenset[str] | None = None
    organization_role: str | None = None
    expires_at: dt.datetime | None = None
    """Where what was sent ends before its credential does: a token of an external issuer."""

    @property
    def identity(self) -> UUID:
        """What limits and retries are counted for: the person, else the key."""
        return self.person_id or self.credential_id or self.organization_id

    @property
    def is_admin(self) -> bool:
        # Written so that it also makes a condition where the fields are columns (`kit.reads`).
        return (self.kind == "person") & (
            (self.organization_role == "owner") | (self.organization_role == "admin")
        )

    @property
    def is_owner(self) -> bool:
        return self.kind == "person" and self.organization_role == "owner"

    @property
    def is_service(self) -> bool:
        return self.kind == "service"

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    def has_scope(self, scope: str | None) -> bool:
        """Whether the credential is cut down to something that excludes this scope."""
        return scope is None or self.scopes is None or scope in self.scopes


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token found in the directory: where it lives, before anything about it was read.

    One that an external issuer made says itself when it ends, and may cut its credential down further.
    """

    organization_id: UUID
    credential_id: UUID
    secret: str
    scopes: frozenset[str] | None = None
    expires_at: dt.datetime | None = None

    def cuts_down(self, scopes: list[str] | None) -> frozenset[str] | None:
        """What is left of a credential's scopes; None is everything."""
        held = None if scopes is None else frozenset(scopes)
        return held if self.scopes is None else self.scopes if held is None else held & self.scopes


class Asking(Protocol):
    """Who asks, when, and of which house: what presenting something needs of a transaction or of a hot read."""

    @property
    def house(self) -> "House": ...

    @property
    def principal(self) -> Principal: ...

    @property
    def now(self) -> dt.datetime: ...


@dataclass(slots=True)
class Context:
    """One transaction of one actor. `now` is one instant for the whole transaction."""

    house: "House"
    db: AsyncSession
    principal: Principal
    now: dt.datetime
    request_id: str = ""
    request: Request | None = None
    facts: list[events.Fact] = field(default_factory=list)
    unsettled: int = 0
    consulted: set[Policy] = field(default_factory=set)
    precondition_checked: bool = False
    created_at: str | None = None
    """Where what this request made can be read; set it where only the action knows that something was made."""
    reach: dict[str, int] = field(default_factory=dict)
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    memory: dict[Any, Any] = field(default_factory=dict)
    """What this transaction has read already and need not read again; each room keeps its own keys."""

    @property
    def organization_id(self) -> UUID:
        return self.principal.organization_id

    @property
    def me(self) -> UUID:
        """The acting person; a service key has none and finds nothing of a person's."""
        if self.principal.person_id is None:
            raise Problem(FORBIDDEN, "Only a person can do this; a service key has none.")
        return self.principal.person_id

    def header(self, name: str) -> str | None:
        """A header of the request this transaction answers; None outside of one."""
        return None if self.request is None else self.request.headers.get(name)

    @property
    def if_match(self) -> str | None:
        return self.header("if-match")

    @property
    def idempotency_key(self) -> str | None:
        return self.header("idempotency-key")

    @property
    def path(self) -> str:
        return "" if self.request is None else self.request.url.path

    async def raw_body(self) -> bytes:
        """The request's bytes, already read and bounded."""
        return b"" if self.request is None else await self.request.body()

    def url_with(self, **query: str) -> str:
        """The request's address with other query parameters, for links between pages."""
        return "" if self.request is None else str(self.request.url.include_query_params(**query))

    def require(self, policy: Policy, standing: Any, subject: Any = None) -> None:
        """Refuse with 403 unless the standing fits one of the policy's roles."""
        self.consulted.add(policy)
        if not self.principal.is_system and not policy.allows(standing, subject):
            raise Problem(FORBIDDEN, f"This is for: {policy.described}.")

    def need_scopes(self, *scopes: str | None) -> None:
        """Refuse with 403 where the credential lacks one of these: for what does more than its route's scope says."""
        lacking = [scope for scope in scopes if scope is not None and not self.principal.has_scope(scope)]
        if lacking:
            raise forbidden(f"The credential you use lacks: {', '.join(lacking)}.")

    def expect(self, subject: Any) -> None:
        """Refuse with 412 if the caller named another version in If-Match."""
        self.precondition_checked = True
        if self.if_match is not None and not _matches(self.if_match, subject.version):
            raise Problem(STALE, f"If-Match names another version; the current one is {subject.version}.")

    def record(
        self,
        type_: str,
        subject: Any,
        *,
        group_id: UUID | None = None,
        only_for: UUID | None = None,
        unnamed: bool = False,
        began_at: dt.datetime | None = None,
        moved: tuple[str | None, str | None] | None = None,
        **facts: Any,
    ) -> None:
        """Note a fact; it becomes an event with the commit. Ids and states, never words; `unnamed` hides who.

        `moved` is a change of state or role: it becomes the facts `from` and `to`. `began_at` is when the thing
        began that the subject is a part of. The group, the beginning, and that nobody is to be named any more
        are the subject's own to say where it knows them.
        """
        if moved is not None:
            facts |= {"from": moved[0], "to": moved[1]}
        group_id = group_id or getattr(subject, "group_id", None)
        began_at = began_at or getattr(subject, "began_at", None)
        unnamed = unnamed or getattr(subject, "is_unnamed", False)
        actor = None if unnamed else self.principal.person_id
        self.facts.append(events.Fact(type_, subject, group_id, only_for, actor, began_at, facts))


def _matches(header: str, version: int) -> bool:
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")]
    return any(tag == "*" or tag.split("-", 1)[0] == str(version) for tag in tags)


Authenticate = Callable[["House", str], Awaitable[Token]]
Identify = Callable[[AsyncSession, Token, "House"], Awaitable[Principal]]


@dataclass
class House:
    """What the composition puts together once per process, with the three seams: clock, mailer, sender."""

    settings: Settings
    database: Database
    vault: Vault
    clock: Callable[[], dt.datetime]
    find_token: Authenticate
    identify: Identify
    mailer: Any = None
    sender: Any = None
    outside: Callable[[], AbstractAsyncContextManager[Any]] | None = None
    """What connectors to other systems reach; unset: whatever the walls of `kit.outgoing` let through."""
    issuers: Any = None
    """Knows the keys of the external issuers whose tokens are taken."""
    who: "Who | None" = None
    """The credential as part of a statement, for hot reads; judges as `identify` does."""
    valid: Any = None
    """The credentials that count, as a select: for whatever outlasts a request; judges as `identify` does."""
    reach_of: Callable[[Context, str], Awaitable[int]] | None = None
    wake: Callable[[UUID], None] = lambda _organization: None

    @asynccontextmanager
    async def acting(
        self, principal: Principal, *, writes: bool = True, request_id: str = "", seals: bool = True
    ) -> AsyncIterator[Context]:
        """A transaction for a principal already known: the worker's jobs, the command line, sign-in."""
        async with self.database.transaction(principal.organization_id, writes=writes) as db:
            ctx = Context(self, db, principal, self.clock(), request_id)
            yield ctx
            await self.seal(ctx)
        self.announce(ctx)

    def system(self, organization: UUID) -> Principal:
        """The service itself, acting by a rule: the clock, a reaction, a command on the operator's machine."""
        return Principal(organization, "system")

    async def seal(self, ctx: Context) -> None:
        """The last steps inside the transaction: reactions, then the numbered events."""
        await ctx.db.flush()
        await events.settle(ctx)
        await events.number(ctx)

    def announce(self, ctx: Context) -> None:
        """After the commit: tell this process's listeners and worker that there is something new."""
        if ctx.facts:
            self.wake(ctx.organization_id)
        for call in ctx.after_commit:
            call()


M = TypeVar("M", bound=Model)
LOCK = {"key_share": True}
"""Against changes, but not against rows that refer to the locked one: those would wait for each other in a ring."""
SHARE = {"read": True}
"""Against changes by others, beside others who want the same."""


async def get(ctx: Context, model: type[M], id_: UUID, *, lock: bool = False, share: bool = False) -> M:
    """The row of this organization with this id; 404 if there is none.

    `lock` keeps everybody else from changing or locking it, `share` only from changing it. A row that was read
    before and changed by others since is read anew: what counts is what is there once it is held.
    """
    how: Any = LOCK if lock else SHARE if share else None
    if how is None:
        found = await ctx.db.get(model, (ctx.organization_id, id_))
    else:
        # Not by its key: the session would refuse what was changed meanwhile, instead of reading it.
        row = select(model).where(model.id == id_).with_for_update(**how)  # type: ignore[attr-defined]  # entities have one
        found = await ctx.db.scalar(row.execution_options(populate_existing=True))
    if found is None or inspect(found).deleted:
        raise not_found()
    return found
