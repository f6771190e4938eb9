"""YAML as plain data that remembers where everything stood.

Only what JSON has too: no anchors, aliases, tags or second documents, keys are text, and a plain scalar is
null, true, false, a number or text (YAML 1.1 would read the key `on` as true and 1:30 as ninety). The text
is read event by event, so no nesting can exhaust the stack.
"""

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from peergroup.kit.documents import Finding, pointer

Places = dict[str, tuple[int, int]]

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12

_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")


class UnreadableText(ValueError):
    """The text is not the YAML this format allows; `finding` says where."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def read_yaml(text: str, most: int = MAX_BYTES) -> tuple[Any, Places]:
    """Plain data, and for each JSON pointer the (line, column) of its key or item, counted from 1.

    Raises UnreadableText for what is too large (64 KiB, if not said otherwise), too deep (12 levels), or not YAML
    of this kind.
    """
    if len(text.encode(errors="surrogatepass")) > most:
        raise UnreadableText(Finding("", f"the document is larger than {most} bytes", 1, 1))
    reading = _Reading()
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        line, column = _spot(error.problem_mark or error.context_mark)
        raise UnreadableText(Finding("", _plainly(error.problem or ""), line, column)) from None
    except yaml.YAMLError:
        raise UnreadableText(Finding("", "the text contains a character YAML does not allow", 1, 1)) from None
    return reading.root, reading.places


_SLIPS = (
    ("\\t", "a tab stands here: indent with blanks"),
    ("mapping values are not allowed", "a colon stands inside of a text here: put the text into quotes"),
    ("expected ',' or", "a bracket is not closed before this"),
)
"""What people do most often, by what the parser says of it."""


def _plainly(problem: str) -> str:
    said = next((plain for sign, plain in _SLIPS if sign in problem), None)
    return "the text is not valid YAML here" if said is None else f"the text is not valid YAML here: {said}"


class _Reading:
    """The containers that are open at the moment, innermost last, each with its path."""

    def __init__(self) -> None:
        self.root: Any = None
        self.places: Places = {}
        self._open: list[tuple[dict[str, Any] | list[Any], tuple[str | int, ...]]] = []
        self._key: str | None = None
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take the next event of the text."""
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._refusal(event, "only one document is allowed")
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            raise self._refusal(event, "anchors and aliases are not allowed")
        if isinstance(event, ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._enter(event)
        elif isinstance(event, CollectionEndEvent):
            self._open.pop()

    def _take_scalar(self, event: ScalarEvent) -> None:
        if event.tag is not None:
            raise self._refusal(event, "tags are not allowed")
        text = _whole(event.value)
        if self._open and isinstance(self._open[-1][0], dict) and self._key is None:
            container, path = self._open[-1]
            if text in container:
                raise self._refusal(event, "this key is there twice")
            self._key = text
            self._mark(event, (*path, text))
            return
        self._put(event, _plain(text) if event.style is None else text)

    def _enter(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if event.tag is not None:
            raise self._refusal(event, "tags are not allowed")
        if len(self._open) >= MAX_DEPTH:
            raise self._refusal(event, f"nested deeper than {MAX_DEPTH} levels")
        container: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        path = self._put(event, container)
        self._open.append((container, path))

    def _put(self, event: Event, value: Any) -> tuple[str | int, ...]:
        if not self._open:
            self.root = value
            self._mark(event, ())
            return ()
        container, path = self._open[-1]
        if isinstance(container, list):
            container.append(value)
            self._mark(event, (*path, len(container) - 1))
            return (*path, len(container) - 1)
        if self._key is None:
            raise self._refusal(event, "a key must be text")
        here = (*path, self._key)
        container[self._key] = value
        self._key = None
        return here

    def _mark(self, event: Event, path: tuple[str | int, ...]) -> None:
        self.places[pointer(*path)] = _spot(event.start_mark)

    def _refusal(self, event: Event, detail: str) -> UnreadableText:
        path = self._open[-1][1] if self._open else ()
        line, column = _spot(event.start_mark)
        return UnreadableText(Finding(pointer(*path), detail, line, column))


def _spot(mark: Any) -> tuple[int, int]:
    """Line and column counted from 1; the start of the text where the parser knows no better."""
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _whole(text: str) -> str:
    """The text with pairs of escaped surrogates joined: JSON may spell one character as two escapes."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _plain(text: str) -> Any:
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
