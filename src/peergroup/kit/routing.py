"""Rooms of routes: each endpoint declares its policy, and is wrapped once in what every request needs.

A room collects endpoints; the composition adds them to the application. A route without a policy cannot
be written down here, and one whose action never consults its policy fails the tests.
"""

import functools
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel
from starlette.responses import Response

from peergroup.kit import answers, idempotency
from peergroup.kit.context import Context
from peergroup.kit.policy import PUBLIC, Policy
from peergroup.kit.problems import STALE, Problem

if TYPE_CHECKING:
    from peergroup.kit.reads.statement import Read

MEGABYTE = 1_000_000
Endpoint = Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class Meta:
    """What is known of an endpoint besides its signature."""

    method: str
    path: str
    policy: Policy
    status: int = 200
    location: str | None = None
    secret: tuple[str, ...] = ()
    keyed: bool = True
    max_body: int | None = MEGABYTE
    media: tuple[str, ...] = ("application/json",)
    texts: tuple[tuple[str, Callable[[bytes], Any]], ...] = ()
    """Further media types of the body, with what makes of its bytes the data that JSON would be."""
    form: type[BaseModel] | None = None
    errors: tuple[int, ...] = ()
    also: tuple[tuple[int, str], ...] = ()
    """Further statuses that are no refusals, with what each means."""
    answers_with: tuple[str, ...] = ()
    """Media types of a text that is answered instead of the schema, or where the reader prefers it."""
    subject: str = ""
    verb: str = ""
    hidden: bool = False
    open_query: bool = False
    """Whether parameters that it does not know are passed over, as other standards want it."""
    mask: "idempotency.FindMask | None" = None
    """Where requests may be anonymous: finds what a kept retry shows instead of who and what (domain §6)."""
    hot: tuple["Read", ...] = ()
    """Reads that answer this route in one statement, without its endpoint (`kit.reads`)."""

    @property
    def is_public(self) -> bool:
        return self.policy is PUBLIC

    @property
    def writes(self) -> bool:
        return self.method not in ("GET", "HEAD")


@dataclass(frozen=True)
class Route:
    """One endpoint as the composition will add it."""

    meta: Meta
    endpoint: Endpoint
    tag: str


class Room:
    """The routes of one room. `tag` groups them in the contract."""

    def __init__(self, tag: str, description: str, prefix: str = "/v1") -> None:
        self.tag, self.description, self.prefix = tag, description, prefix
        self.routes: list[Route] = []

    def get(self, path: str, policy: Policy, **more: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a read."""
        return self._declare("GET", path, policy, more)

    def post(self, path: str, policy: Policy, **more: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a POST: 201 with a Location where `location` is given."""
        if more.get("location"):
            more.setdefault("status", 201)
        return self._declare("POST", path, policy, more)

    def put(self, path: str, policy: Policy, **more: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a PUT."""
        return self._declare("PUT", path, policy, more)

    def patch(self, path: str, policy: Policy, **more: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a merge patch."""
        more.setdefault("media", ("application/merge-patch+json", "application/json"))
        return self._declare("PATCH", path, policy, more)

    def delete(self, path: str, policy: Policy, **more: Any) -> Callable[[Endpoint], Endpoint]:
        """Declare a DELETE: 204 without a body, unless said otherwise."""
        more.setdefault("status", 204)
        return self._declare("DELETE", path, policy, more)

    def _declare(
        self, method: str, path: str, policy: Policy, more: dict[str, Any]
    ) -> Callable[[Endpoint], Endpoint]:
        meta = Meta(method, self.prefix + path, policy, **more)

        def register(endpoint: Endpoint) -> Endpoint:
            self.routes.append(Route(meta, _wrap(endpoint, meta), self.tag))
            return endpoint

        return register


def _wrap(endpoint: Endpoint, meta: Meta) -> Endpoint:
    """Around each endpoint: replay a repeated request, settle the events, render the answer, keep it."""

    @functools.wraps(endpoint)
    async def wrapped(*args: Any, **given: Any) -> Response:
        ctx = given.get("ctx")
        if not isinstance(ctx, Context):
            return answers.render(await endpoint(*args, **given), meta, None)
        mask = await meta.mask(ctx, given) if meta.mask is not None else None
        claim = await idempotency.claim(ctx, meta, mask) if meta.writes else None
        if claim is not None and claim.replay is not None:
            return claim.replay
        result = await endpoint(*args, **given)
        if meta.writes:
            await ctx.house.seal(ctx)
        if ctx.if_match is not None and meta.writes and not ctx.precondition_checked:
            raise Problem(STALE, "This address has no version that If-Match could name.")
        response = answers.render(result, meta, ctx)
        if claim is not None:
            await idempotency.keep(ctx, claim, meta, response)
        return response

    wrapped.meta = meta  # type: ignore[attr-defined]  # read by Room
    wrapped.__annotations__ = inspect.get_annotations(endpoint, eval_str=False)
    return wrapped


def answer_model(endpoint: Endpoint) -> type[BaseModel] | None:
    """The schema an endpoint promises: its return annotation, where that is one."""
    annotation = inspect.signature(endpoint).return_annotation
    models = [one for one in (get_args(annotation) or (annotation,)) if inspect.isclass(one)]
    return next((one for one in models if issubclass(one, BaseModel)), None)
