"""From lifecycle tables to routes: `POST …/{id}/<verb>` for each row, and `GET …/{id}/actions`."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Annotated, Any
from uuid import UUID

from fastapi import Body
from pydantic import BaseModel

from peergroup.kit import events
from peergroup.kit.context import Context
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.lifecycle import Action, Lifecycle, Verb, obstacles, perform
from peergroup.kit.policy import EVERYBODY, Policy
from peergroup.kit.routing import Room
from peergroup.kit.wire import ActionOut, ActionsOut, Nothing

Find = Callable[..., Awaitable[tuple[Any, Any]]]
Show = Callable[[Context, Any, Any], Awaitable[BaseModel]]


@dataclass(frozen=True)
class Living:
    """A kind of thing whose life is a table: what the tests walk, and the documentation draws."""

    thing: str
    tag: str
    lifecycle: Lifecycle
    actions: ModuleType
    path: str


registered: dict[str, Living] = {}
"""Every lifecycle that has routes, by the name of its thing."""


def verbs(
    room: Room,
    thing: str,
    lifecycle: Lifecycle,
    *,
    actions: ModuleType,
    find: Find,
    show: Show,
    out: type[BaseModel],
    path: str,
    apart: tuple[str, ...] = (),
) -> None:
    """Add one route for each public verb. `find(ctx, id, lock=…)` gives the subject and the actor's standing.

    What a verb does beyond moving the state is the function of its name in `actions`; a missing one fails here.
    Verbs named in `apart` answer something else than the subject: the room declares their routes itself.
    """
    registered[thing] = Living(thing, room.tag, lifecycle, actions, path)
    for name, verb in lifecycle.public():
        action: Action = getattr(actions, name)
        if name in apart:
            continue
        _add(room, thing, lifecycle, name, verb, action=action, find=find, show=show, out=out, path=path)
    _add_actions(room, thing, lifecycle, find=find, path=path)


def _add(
    room: Room,
    thing: str,
    lifecycle: Lifecycle,
    name: str,
    verb: Verb,
    *,
    action: Action,
    find: Find,
    show: Show,
    out: type[BaseModel],
    path: str,
) -> None:
    key = f"{thing}_id"

    async def endpoint(ctx: Context, taken: Any = None, **ids: UUID) -> BaseModel:
        subject, standing = await find(ctx, ids[key], lock=True)
        ctx.consulted.add(lifecycle.policy(name))
        await perform(ctx, lifecycle, name, subject, action=action, standing=standing, taken=taken)
        await events.settle(ctx)  # what reacts to it belongs to what is shown
        return await show(ctx, subject, standing)

    takes = verb.takes or Nothing
    endpoint.__name__ = f"{name}_{thing}"
    endpoint.__doc__ = action.__doc__
    endpoint.__signature__ = _signature(key, takes, out)  # type: ignore[attr-defined]  # read by FastAPI
    room.post(
        f"{path}/{{{key}}}/{name}", lifecycle.policy(name), errors=(409, 412), subject=thing, verb=name
    )(endpoint)


def _signature(key: str, takes: type[BaseModel], out: type[BaseModel]) -> inspect.Signature:
    body: Any = takes
    optional = not any(field.is_required() for field in takes.model_fields.values())
    if optional:
        body = Annotated[takes | None, Body()]
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Signature(
        [
            inspect.Parameter("ctx", keyword, annotation=Ctx),
            inspect.Parameter(key, keyword, annotation=ResourceId),
            inspect.Parameter(
                "taken", keyword, annotation=body, default=None if optional else inspect.Parameter.empty
            ),
        ],
        return_annotation=out,
    )


def _add_actions(room: Room, thing: str, lifecycle: Lifecycle, *, find: Find, path: str) -> None:
    key = f"{thing}_id"
    # Whoever finds the thing may ask, but not with a key that was not made for reading it.
    policy = Policy("ask what is possible", EVERYBODY.roles, lifecycle.scope.replace(":write", ":read"))

    async def endpoint(ctx: Context, **ids: UUID) -> ActionsOut:
        subject, standing = await find(ctx, ids[key])
        ctx.require(policy, standing, subject)
        listed = []
        for name in lifecycle.allowed(standing, subject):
            reasons = await obstacles(ctx, lifecycle.verbs[name], subject, None)
            listed.append(ActionOut(verb=name, possible=not reasons, reasons=reasons))
        return ActionsOut(actions=listed)

    endpoint.__name__ = f"list_{thing}_actions"
    endpoint.__doc__ = (
        f"Which verbs this {thing.replace('_', ' ')} admits now, with what stands in their way."
    )
    endpoint.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by FastAPI
        [
            inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=Ctx),
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, annotation=ResourceId),
        ],
        return_annotation=ActionsOut,
    )
    room.get(f"{path}/{{{key}}}/actions", policy)(endpoint)
