"""One call as it is asked: method, address, headers and body, put into the form that goes over the wire."""

import datetime as dt
import json
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import IO, Any, Generic, TypeVar
from urllib.parse import quote
from uuid import UUID, uuid4

from peergroup.client.records import Record, without_tokens

T = TypeVar("T")


class Absent(Enum):
    """What is not said at all: left as it is in a change, where `None` clears."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT = Absent.ABSENT
Id = str | UUID
Time = dt.datetime | str
Day = dt.date | str
Match = str | Record | None
"""An ETag, or the resource as it was read."""
Upload = bytes | Path | IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
"""What is sent piece by piece: a file, its path, or an iterator; an asynchronous one for such a client only."""


class Ask(Generic[T]):
    """One call. `answer` is what the answer becomes: a `Record` class, `str`, `dict`, or None where there is none."""

    def __init__(
        self,
        method: str,
        path: str,
        answer: Callable[..., T],
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = ABSENT,
        is_patch: bool = False,
        form: Mapping[str, Any] | None = None,
        text_as: str | None = None,
        content: Upload | None = None,
        content_type: str | None = None,
        accept: str = "application/json",
        if_match: Match = None,
        if_none_match: Match = None,
        keyed: bool = False,
        idempotency_key: str | None = None,
    ) -> None:
        self.method, self.path, self.answer = method, path, answer
        self.query = {name: plain(value) for name, value in (query or {}).items() if value is not None}
        self.content: bytes | Upload | None = content
        self.headers = {"Accept": accept}
        # It is made once for the call: whoever repeats the call repeats the key, and nothing happens twice.
        if keyed:
            self.headers["Idempotency-Key"] = idempotency_key or str(uuid4())
        if if_match is not None:
            self.headers["If-Match"] = tag(if_match)
        if if_none_match is not None:
            self.headers["If-None-Match"] = tag(if_none_match)
        if content_type is not None:
            self.headers["Content-Type"] = content_type
        if form is not None:
            self._say(_form(form), "application/x-www-form-urlencoded")
        elif isinstance(body, str) and text_as is not None:
            self._say(body.encode(), text_as)
        elif body is not ABSENT:
            self._say(dumped(body), "application/merge-patch+json" if is_patch else "application/json")

    def _say(self, content: bytes, kind: str) -> None:
        self.content, self.headers["Content-Type"] = content, kind

    @property
    def is_repeatable(self) -> bool:
        """Whether it may be sent again although it may have been done: not without a key, nor what only flows once."""
        return self.method != "POST" or "Idempotency-Key" in self.headers

    @property
    def flows_once(self) -> bool:
        """Whether its body is gone after it was sent, however it was answered."""
        return not isinstance(self.content, bytes | Path | None)

    @property
    def is_checked(self) -> bool:
        """Whether a repetition would collide with its own first effect."""
        return self.method in ("PUT", "PATCH") and "If-Match" in self.headers

    def on_page(self, cursor: str) -> "Ask[T]":
        """The same call for another page."""
        other: Ask[T] = Ask(self.method, self.path, self.answer)
        other.query, other.headers = self.query | {"cursor": cursor}, self.headers
        return other

    def __repr__(self) -> str:
        return f"Ask({self.method} {without_tokens(self.path)})"


def segment(value: object) -> str:
    """A value as one segment of a path."""
    text = plain(value)
    if not text:
        raise ValueError("an empty text names nothing: where an id belongs, give one")
    quoted = quote(text, safe="")
    # Nobody on the way may take it for the way up.
    return quoted.replace(".", "%2E") if text in (".", "..") else quoted


def given(**fields: Any) -> dict[str, Any]:
    """The fields of a body that are said; a trailing underscore is only how Python spells a reserved word."""
    return {name.removesuffix("_"): value for name, value in fields.items() if value is not ABSENT}


def tag(match: str | Record) -> str:
    """The ETag of a resource, or the one that is given."""
    if isinstance(match, str):
        return match
    if match.etag is not None:
        return match.etag
    version = match.to_dict().get("version")
    if version is None:
        raise ValueError(f"this {type(match).__name__} has neither an ETag nor a version: read it by itself")
    return f'"{version}"'


def plain(value: object) -> str:
    """A value as text in a path or query."""
    if isinstance(value, bool):
        return str(value).lower()
    return (
        value if isinstance(value, str) else str(_wire(value)) if not isinstance(value, int) else str(value)
    )


def dumped(body: Any) -> bytes:
    """A body as JSON; times, days, ids and records have the form that the API takes."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_wire).encode()


def _form(form: Mapping[str, Any]) -> bytes:
    said = (
        f"{quote(name)}={quote(plain(value), safe='')}" for name, value in form.items() if value is not None
    )
    return "&".join(said).encode()


def _wire(value: object) -> Any:
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone: say which instant is meant")
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date | UUID):
        return str(value)
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"a {type(value).__name__} has no form in JSON")
