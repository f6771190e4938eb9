"""The door of a request: find the token, begin the transaction, read the credential in it, check the scope.

One asynchronous dependency does all of it, because each further one costs as much again.
"""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Request

from peergroup.kit.context import Context, House, Principal
from peergroup.kit.limits import MAX_HEADER
from peergroup.kit.policy import Policy
from peergroup.kit.problems import FORBIDDEN, UNAUTHENTICATED, Problem, not_found


def house_of(request: Request) -> House:
    """What the composition put together for this process."""
    house: House = request.app.state.house
    return house


async def the_house(request: Request) -> House:
    """`house_of` as a dependency; asynchronous, because others make a detour through a pool of threads."""
    return house_of(request)


def bearer(request: Request) -> str:
    """The token in the Authorization header; 401 where there is none."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token or len(token) > MAX_HEADER:
        raise Problem(UNAUTHENTICATED, "Send 'Authorization: Bearer <token>'.")
    return token


def require_scope(principal: Principal, policy: Policy) -> None:
    """Refuse with 403 a credential that is cut down to something else; what people say, a key without a person
    does not even find: 404."""
    if not principal.has_scope(policy.scope):
        if principal.is_service and policy.is_about_words:
            raise not_found()
        raise Problem(FORBIDDEN, f"This credential lacks the scope {policy.scope}.")


async def context(request: Request) -> AsyncIterator[Context]:
    """The transaction of this request. It commits before the answer leaves, or not at all."""
    house, meta = house_of(request), request.scope["route"].endpoint.meta
    token = await house.find_token(house, bearer(request))
    async with house.database.transaction(token.organization_id, writes=meta.writes) as db:
        principal = await house.identify(db, token, house)
        require_scope(principal, meta.policy)
        ctx = Context(house, db, principal, house.clock(), request.scope.get("request_id", ""), request)
        yield ctx
    house.announce(ctx)


async def caller(request: Request) -> Principal:
    """Who asks, for the few endpoints that open their own transactions: streams in and out."""
    house, meta = house_of(request), request.scope["route"].endpoint.meta
    token = await house.find_token(house, bearer(request))
    async with house.database.transaction(token.organization_id, writes=False) as db:
        principal = await house.identify(db, token, house)
    require_scope(principal, meta.policy)
    return principal


Caller = Annotated[Principal, Depends(caller)]
Ctx = Annotated[Context, Depends(context, scope="function")]
TheHouse = Annotated[Any, Depends(the_house)]
"""For the few public routes: they open their own transactions."""
