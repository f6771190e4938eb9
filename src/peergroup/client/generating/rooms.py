"""The classes with the methods of each tag, and the class that has them all."""

import re

from peergroup.client.generating.classes import MARK
from peergroup.client.generating.contract import Contract, Operation
from peergroup.client.generating.methods import fields, method, shapes
from peergroup.client.generating.naming import attribute, class_name, hides_builtin
from peergroup.client.generating.prose import docstring

_HEAD = f'''"""{{about}}

{MARK}
"""{{exemption}}

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Day, Id, Match, Time, Upload
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.streams import AsyncEventStream, EventStream
    from peergroup.client.synchronous import Peergroup
'''
_EXEMPTION = "\n# ruff: noqa: A002 - arguments are called as the contract calls them"
ALWAYS = ("annotations", "TYPE_CHECKING")
_ALL = f'''"""What a client has: the methods of each tag, loaded when they are first used.

{MARK}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peergroup.client.lazily import Lazily

if TYPE_CHECKING:
'''


def room(contract: Contract, tag: str, operations: list[Operation]) -> str:
    """The module of a tag."""
    about = contract.about_tags.get(tag, "").rstrip(".") + "."
    text = ""
    for prefix, speaker in (("", "Peergroup"), ("Async", "AsyncPeergroup")):
        text += f"\n\nclass {prefix}{class_name(tag)}:\n{docstring(about, indent=4)}\n\n"
        text += f"    def __init__(self, speaker: {speaker}) -> None:\n        self._speaker = speaker\n\n"
        text += "\n".join(
            method(contract, one, shape, is_async=bool(prefix))
            for one in operations
            for shape in shapes(contract, one)
        )
    named = {p.name for one in operations for p in one.query}
    named |= {argument.name for one in operations for argument in fields(contract, one)}
    head = _HEAD.replace("{about}", about).replace("{exemption}", _EXEMPTION if hides_builtin(named) else "")
    return without_unused(head, text)


def everything(contract: Contract) -> str:
    """The module of the two classes that the clients inherit."""
    tags = list(contract.by_tag())
    text = _ALL
    for tag in tags:
        name = class_name(tag)
        text += f"    from peergroup.client.rooms.{attribute(tag)} import Async{name}, {name}\n"
    table = {one.id: f"{attribute(one.tag)}.{one.name}" for one in contract.operations}
    text += f"\nMETHODS = {dict(sorted(table.items()))!r}\n"
    text += '"""The method of each operation, by the operation\'s id in the contract."""\n'
    for prefix in ("", "Async"):
        text += f"\n\nclass {prefix}Rooms(Lazily):\n"
        text += f'    """What there is to ask for."""\n\n    _prefix = "{prefix}"\n    _methods = METHODS\n'
        for tag in tags:
            text += f"\n    @property\n    def {attribute(tag)}(self) -> {prefix}{class_name(tag)}:\n"
            text += docstring(contract.about_tags.get(tag, tag), indent=8) + "\n"
            found = f'self._room("{attribute(tag)}", "{class_name(tag)}")'
            text += f"        room: {prefix}{class_name(tag)} = {found}\n        return room\n"
    return text


def without_unused(head: str, text: str) -> str:
    """The head, with only those imports that the text needs."""
    lines = []
    for line in head.splitlines():
        origin, is_import, names = line.partition(" import ")
        used = [name for name in names.split(", ") if name in ALWAYS or re.search(rf"\b{name}\b", text)]
        if used or not is_import:
            lines.append(f"{origin} import {', '.join(used)}" if is_import else line)
    return "\n".join(lines) + "\n" + text
