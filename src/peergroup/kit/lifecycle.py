"""Lifecycles are tables: a verb is a row that says from where, to where, who may, and what stands in the way.

The table is the only source of the transition, the 403 and 409 answers, `allowed_actions`, the verb routes
(`kit.verbs`), the state diagrams in the documentation, and the tests that walk state × verb × role.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy import inspect

from peergroup.kit.context import Context
from peergroup.kit.policy import Policy, Role, phrase
from peergroup.kit.problems import FORBIDDEN, GUARD_FAILED, INVALID_TRANSITION, Problem
from peergroup.kit.wire import Obstacle

Judge = Callable[[Context, Any, Any], Awaitable[str | None]]
Action = Callable[[Context, Any, Any], Awaitable[dict[str, Any] | None]]


@dataclass(frozen=True)
class Guard:
    """Something that may stand in the way: `judge(ctx, subject, taken)` says what is wrong, or None."""

    code: str
    judge: Judge


@dataclass(frozen=True)
class Verb:
    """One row: `to` None leaves the state as it is, a callable computes it. No roles: only the clock does it."""

    sources: tuple[str, ...]
    to: str | Callable[[Any], str] | None
    who: tuple[Role, ...] = ()
    guards: tuple[Guard, ...] = ()
    takes: type[BaseModel] | None = None
    records: str = ""
    """Type of the event; empty where the action records what happened in its own order."""
    may_lead: tuple[str, ...] = ()
    """Where a computed `to` may lead."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The states it may lead to; empty where the state stays."""
        return (self.to,) if isinstance(self.to, str) else self.may_lead

    def admits(self, standing: Any, subject: Any) -> bool:
        """Whether somebody of this standing may do it, whatever the state."""
        return any(role.fits(standing, subject) for role in self.who)


class Lifecycle:
    """All verbs of one kind of thing, in the order in which they happen in life."""

    def __init__(self, *, first: str, scope: str, verbs: dict[str, Verb]) -> None:
        self.first, self.scope, self.verbs = first, scope, verbs

    @property
    def states(self) -> list[str]:
        """Every state the table mentions, the first one first."""
        named = [self.first]
        for verb in self.verbs.values():
            named += [*verb.sources, *verb.targets]
        return list(dict.fromkeys(named))

    def public(self) -> Iterator[tuple[str, Verb]]:
        """The verbs that somebody may say: each has a route."""
        return ((name, verb) for name, verb in self.verbs.items() if verb.who)

    def before(self, name: str, state: str) -> Iterator[tuple[str, Verb]]:
        """The verbs that lead from a state to where another one begins; none where that one has been said."""
        wanted = self.verbs[name]
        if state not in wanted.targets:
            for other, verb in self.public():
                if state in verb.sources and set(verb.targets) & set(wanted.sources):
                    yield other, verb

    def policy(self, name: str) -> Policy:
        """The row's roles and scope as a policy."""
        return Policy(name, self.verbs[name].who, self.scope)

    def allowed(self, standing: Any, subject: Any) -> list[str]:
        """The verbs whose state and role fit: `allowed_actions`. Guards are not asked."""
        return [
            name
            for name, verb in self.public()
            if subject.state in verb.sources and verb.admits(standing, subject)
        ]


def judge_role_and_state(lifecycle: Lifecycle, name: str, subject: Any, standing: Any) -> None:
    """403 where the role does not fit, 409 with the allowed verbs where the state does not."""
    verb = lifecycle.verbs[name]
    if not verb.admits(standing, subject):
        raise Problem(FORBIDDEN, f"'{name}' is for: {phrase([role.name for role in verb.who])}.")
    judge_state(lifecycle, name, subject, standing)


def judge_state(lifecycle: Lifecycle, name: str, subject: Any, standing: Any) -> None:
    """409 with the allowed verbs, and what comes first, where the state does not fit."""
    if subject.state not in lifecycle.verbs[name].sources:
        before = "".join(
            f" First comes '{other}', which is for: {phrase([role.name for role in verb.who])}."
            for other, verb in lifecycle.before(name, subject.state)
        )
        raise Problem(
            INVALID_TRANSITION,
            f"'{name}' is not possible while it is {subject.state}.{before}",
            state=subject.state,
            allowed=lifecycle.allowed(standing, subject) if standing is not None else [],
        )


def came_from(subject: Any) -> str:
    """The state before the present verb; for actions, until the change is flushed."""
    before: str = inspect(subject).attrs.state.history.deleted[0]
    return before


async def obstacles(ctx: Context, verb: Verb, subject: Any, taken: Any) -> list[Obstacle]:
    """What every guard of the row has to say, all of it at once."""
    found = []
    for guard in verb.guards:
        detail = await guard.judge(ctx, subject, taken)
        if detail is not None:
            found.append(Obstacle(code=guard.code, detail=detail))
    return found


async def perform(
    ctx: Context,
    lifecycle: Lifecycle,
    name: str,
    subject: Any,
    *,
    action: Action,
    standing: Any = None,
    taken: Any = None,
) -> None:
    """Do a verb: judge role, version, state and guards, move, act, record. `standing` None: done by a rule."""
    verb = lifecycle.verbs[name]
    if standing is not None:
        judge_role_and_state(lifecycle, name, subject, standing)
        ctx.expect(subject)
    else:
        judge_state(lifecycle, name, subject, None)
    if found := await obstacles(ctx, verb, subject, taken):
        details = " ".join(obstacle.detail for obstacle in found)
        raise Problem(GUARD_FAILED, details, guards=[obstacle.model_dump() for obstacle in found])
    before = subject.state
    if verb.to is not None:
        subject.state = verb.to if isinstance(verb.to, str) else verb.to(subject)
    facts = await action(ctx, subject, taken) or {}
    if verb.records:
        ctx.record(verb.records, subject, moved=(before, subject.state), **facts)
    await ctx.db.flush()
