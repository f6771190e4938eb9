"""Where in a season something is refused: acts name places in what they were given, people read their document."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peergroup.kit.problems import Problem

_CALLED = {
    "entries": "sessions",
    "theme_id": "theme",
    "host_id": "host",
    "agenda_template_id": "agenda_template",
}


@contextmanager
def at(pointer: str, of: str = "") -> Iterator[None]:
    """Let refusals say at which place of the document they belong, and to which group."""
    try:
        yield
    except Problem as problem:
        extra: dict[str, Any] = dict(problem.extra)
        errors = extra.get("errors") or [{"pointer": "", "detail": problem.detail}]
        extra["errors"] = [one | {"pointer": pointer + _called(one["pointer"])} for one in errors]
        detail = f"{of}: {problem.detail}" if of else problem.detail
        raise Problem(problem.kind, detail, retry_after=problem.retry_after, **extra) from problem


def _called(pointer: str) -> str:
    return "/".join(_CALLED.get(part, part) for part in pointer.split("/"))
