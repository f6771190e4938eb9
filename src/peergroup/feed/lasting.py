"""The outermost ring: where an answer that lasts goes on when its request has ended.

Inside, a request is a dozen rings deep, with its transaction's context, its parameters and its headers. A
stream that waited in there would hold all of that for hours.
"""

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Receive, Scope, Send

LASTING = "peergroup.lasting"
"""In the scope: what goes on with the answer, given `receive` and `send`. Its head has been sent by then."""
_KEPT = ("type", "method")
"""Of the scope: the server asks for the method with every part of an answer."""


class Lasting:
    """Goes on with answers that last."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)
        goes_on: Callable[[Receive, Send], Awaitable[None]] | None = scope.get(LASTING)
        if goes_on is not None:
            _forget(scope)
            await goes_on(receive, send)


def _forget(scope: Scope) -> None:
    # The server keeps the scope and its list of headers as long as the connection lasts.
    scope["headers"].clear()
    kept = {name: scope[name] for name in _KEPT}
    scope.clear()
    scope.update(kept)
