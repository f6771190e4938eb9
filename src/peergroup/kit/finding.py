"""Finding a route costs the same however many there are: a tree of path segments instead of a list of patterns."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

_PARAMETER = "/"  # what no segment of a path can be


class Finder:
    """An ASGI application that hands each request to its route: 404 and 405 (with every allowed method)."""

    def __init__(self, routes: list[BaseRoute], lifespan: Any) -> None:
        self._lifespan = lifespan
        self._tree: dict[str, Any] = {}
        for route in routes:
            if isinstance(route, Route):
                self._plant(route)

    def _plant(self, route: Route) -> None:
        node, names = self._tree, []
        for segment in filter(None, route.path.split("/")):
            if segment.startswith("{"):
                names.append(segment.strip("{}"))
                node = node.setdefault(_PARAMETER, {})
            else:
                node = node.setdefault(segment, {})
        for method in route.methods or ():
            node.setdefault("", {}).setdefault(method, (route, names))

    def find(self, path: str) -> Any:
        """The routes by method at this path, and the values of its parameters. Fixed segments win."""
        return self._walk(self._tree, path.removeprefix("/").split("/"), 0, [])

    def _walk(self, node: dict[str, Any], segments: list[str], depth: int, values: list[str]) -> Any:
        if depth == len(segments):
            return (node[""], values) if "" in node else None
        segment = segments[depth]
        fixed = node.get(segment) if segment else None
        if segment == "" and depth == 0 and len(segments) == 1:
            return (node[""], values) if "" in node else None
        if fixed is not None and (found := self._walk(fixed, segments, depth + 1, values)):
            return found
        if segment and _PARAMETER in node:
            return self._walk(node[_PARAMETER], segments, depth + 1, [*values, segment])
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
            return
        found = self.find(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            raise HTTPException(404)
        by_method, values = found
        if scope["method"] not in by_method:
            allowed = sorted({*by_method, *(["HEAD"] if "GET" in by_method else [])})
            if scope["method"] != "HEAD" or "GET" not in by_method:
                raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
        route, names = by_method.get(scope["method"]) or by_method["GET"]
        if _declares_more_than(scope, getattr(route, "max_body_size", None)):
            raise HTTPException(413)  # The framework would answer in plain text.
        scope["path_params"] = dict(zip(names, values, strict=True))
        scope["route"], scope["endpoint"] = route, route.endpoint
        await route.app(scope, receive, send)


def _declares_more_than(scope: Scope, limit: int | None) -> bool:
    declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return limit is not None and declared.isdigit() and (len(declared) > 18 or int(declared) > limit)
