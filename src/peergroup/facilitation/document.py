"""Reading a protocol from text or plain data, with errors that name the path, the line and the column."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from peergroup.facilitation.finding import Finding, pointer
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.yaml_text import Places, UnreadableText, read_yaml


class InvalidProtocol(ValueError):
    """The document is not a protocol; `findings` says what is wrong and where, first things first."""

    def __init__(self, findings: tuple[Finding, ...], source: str = "") -> None:
        self.findings = findings
        prefix = f"{source}: " if source else ""
        super().__init__("\n".join(f"{prefix}{finding}" for finding in findings))


def parse(data: Any) -> Protocol:
    """The protocol that plain data (of a JSON body) describes.

    Raises InvalidProtocol with a finding for each error; findings carry pointers and no input.
    """
    return _validate(data, {}, "")


def read(text: str, source: str = "") -> Protocol:
    """The protocol that YAML text (JSON is YAML too) describes; at most 64 KiB of UTF-8.

    `source` names the text in the error, a file for example. Raises InvalidProtocol; every finding carries
    line and column, counted from 1.
    """
    try:
        data, places = read_yaml(text)
    except UnreadableText as error:
        raise InvalidProtocol((error.finding,), source) from None
    return _validate(data, places, source)


def _validate(data: Any, places: Places, source: str) -> Protocol:
    try:
        return Protocol.model_validate(data)
    except ValidationError as error:
        found = [item for detail in error.errors() for item in _findings(data, detail)]
        raise InvalidProtocol(tuple(_placed(item, places) for item in found), source) from None


def _findings(data: Any, error: ErrorDetails) -> tuple[Finding, ...]:
    if error["type"] == "contradiction":
        found: tuple[Finding, ...] = error["ctx"]["contradictions"]
        return found
    return (Finding(_pointer(data, error["loc"], error["type"]), _detail(error)),)


def _detail(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "the format knows no such field"
    return error["msg"].removeprefix("Value error, ")


def _pointer(data: Any, location: tuple[str | int, ...], kind: str) -> str:
    """The pointer of a Pydantic location, without the names of union members that Pydantic puts into it."""
    parts: list[str | int] = []
    for step, part in enumerate(location):
        is_last = step == len(location) - 1
        if _holds(data, part):
            parts.append(part)
            data = data[part]
        elif is_last and kind == "missing":
            parts.append(part)
    return pointer(*parts)


def _holds(data: Any, part: str | int) -> bool:
    return part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)


def _placed(finding: Finding, places: Places) -> Finding:
    """The finding with the line and column of its place, or of the nearest part around it."""
    around = finding.pointer
    while around and around not in places:
        around = around.rpartition("/")[0]
    line, column = places.get(around, (None, None))
    return Finding(finding.pointer, finding.detail, line, column)
