"""Reading a protocol from text or plain data, with errors that name the path, the line and the column."""

from typing import Any

from pydantic import ValidationError

from peergroup.facilitation.protocol import Protocol
from peergroup.kit.documents import Finding, findings_of, placed
from peergroup.kit.yaml_text import Places, UnreadableText, read_yaml


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
        found = [item for detail in error.errors() for item in findings_of(data, detail)]
        raise InvalidProtocol(tuple(placed(item, places) for item in found), source) from None
