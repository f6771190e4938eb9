"""What the service answered: attributes as the contract names them, times as `datetime`, the rest as it came.

A record is made of the JSON object as it arrived and converts a field when it is read. So a field that a newer
service sends does no harm (it can be read, too), and neither does a new value of an enumeration.
"""

import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

LONGEST = 60
"""Characters of a text that `repr` shows."""
MOST = 3
"""Entries of a list that `repr` shows."""

_TOKEN = re.compile(r"pg[a-z]_\w{20,}")
"""Keys and tokens of the service, wherever they stand: in the address of a calendar, for example."""
Converter = Callable[[Any], Any]


class Http(NamedTuple):
    """How an answer came: what HTTP says beside the body."""

    status: int
    etag: str | None
    request_id: str | None
    location: str | None
    replayed: bool
    """Whether this is the stored answer to a request that was repeated. Secrets are not stored: they are None."""


class Record:
    """One object of an answer. It does not change; read it again to see what became of it."""

    def __init__(self, data: Mapping[str, Any], http: Http | None = None) -> None:
        vars(self).update(_data=data, _http=http)

    @property
    def http(self) -> Http | None:
        """Status, ETag and request id; None for what is part of something else, such as an entry of a list."""
        return vars(self)["_http"]  # type: ignore[no-any-return]  # made above

    @property
    def etag(self) -> str | None:
        """What to send in `if_match` or `if_none_match`; None where the service gave none."""
        return self.http.etag if self.http else None

    def to_dict(self) -> dict[str, Any]:
        """The JSON object as it came, as a copy of its own."""
        return _copy(vars(self)["_data"])  # type: ignore[no-any-return]  # a mapping gives a dict

    if not TYPE_CHECKING:  # otherwise every name would be an attribute for a type checker

        def __getattr__(self, name: str) -> Any:
            data = vars(self).get("_data", {})
            wire = name.removesuffix("_") if name not in data else name
            if wire.startswith("_") or wire not in data:
                raise AttributeError(f"{type(self).__name__} came without {name!r}: it has {', '.join(data)}")
            convert = _converters(type(self)).get(name)
            vars(self)[name] = value = data[wire] if convert is None else convert(data[wire])
            return value

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change: send the change with a method")

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *vars(self)["_data"]})

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other)["_data"] == vars(self)["_data"]

    def __hash__(self) -> int:
        return hash((type(self), vars(self)["_data"].get("id")))

    def __repr__(self) -> str:
        shown = (f"{name}={_shown(name, value)}" for name, value in vars(self)["_data"].items())
        return f"{type(self).__name__}({', '.join(shown)})"


class NotChanged:
    """The answer to `if_none_match` where nothing has changed: what you have is current. It counts as false."""

    def __init__(self, http: Http) -> None:
        self.http = http

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "NotChanged()"


def is_secret(name: str) -> bool:
    """Whether a field is never to be printed, by its name."""
    return name.endswith(("token", "secret", "verifier", "password"))


def without_tokens(text: str) -> str:
    """A text in which no key and no token can be read."""
    return _TOKEN.sub("***", text)


def _shown(name: str, value: Any) -> str:
    if value is not None and is_secret(name):
        return "'***'"
    if isinstance(value, str):
        shown = without_tokens(value)
        return repr(shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…")
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_shown(key, one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        more = [f"… {len(value) - MOST} more"] if len(value) > MOST else []
        return f"[{', '.join([_shown('', one) for one in value[:MOST]] + more)}]"
    return repr(value)


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value


@cache
def _converters(kind: type[Record]) -> dict[str, Converter | None]:
    return {name: _converter(hint) for name, hint in get_type_hints(kind).items()}


def _converter(hint: Any) -> Converter | None:
    """What makes the typed value of one that came as JSON; None where it stays as it is."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of([one for one in inner if one is not type(None)])
    if origin in (list, dict):
        each = _converter(inner[-1])
        return None if each is None else _unless_null(partial(_throughout, each))
    if hint in (dt.datetime, dt.date):
        return _unless_null(hint.fromisoformat)
    return _unless_null(hint) if isinstance(hint, type) and issubclass(hint, Record) else None


def _throughout(each: Converter, values: Any) -> Any:
    if isinstance(values, dict):
        return {name: each(value) for name, value in values.items()}
    return [each(value) for value in values]


def _one_of(hints: list[Any]) -> Converter | None:
    if len(hints) == 1:
        return _converter(hints[0])
    kinds = [hint for hint in hints if isinstance(hint, type) and issubclass(hint, Record)]
    if not kinds:
        return None
    return lambda value: _closest(kinds, value)(value) if isinstance(value, dict) else value


def _closest(kinds: list[type[Record]], value: dict[str, Any]) -> type[Record]:
    """The kind that explains most of the fields and misses the fewest."""
    return max(kinds, key=lambda kind: -len(get_type_hints(kind).keys() ^ value.keys()))


def _unless_null(convert: Converter) -> Converter:
    return lambda value: None if value is None else convert(value)
