"""The service as it is served, and two public routes that differ in nothing but their place among the routes."""

from fastapi import FastAPI
from starlette.responses import Response

import peergroup.app
from peergroup.kit.policy import PUBLIC
from peergroup.kit.routing import Room

FIRST, LAST = "/v1/first-of-all", "/v1/very-last"


def _probe(path: str) -> Room:
    room = Room("benchmark", "A route of the benchmarks.", prefix="")

    async def answer() -> Response:
        """Answer nothing."""
        return Response(status_code=204)

    answer.__name__ = path.strip("/").replace("/", "_").replace("-", "_")
    room.get(path, PUBLIC, hidden=True)(answer)
    return room


def app() -> FastAPI:
    """Peergroup between two probes; everything is switched on."""
    peergroup.app.ROOMS = [_probe(FIRST), *peergroup.app.ROOMS, _probe(LAST)]  # type: ignore[attr-defined]  # it is imported there
    return peergroup.app.create_app()
