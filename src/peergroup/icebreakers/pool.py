"""The questions that ship with Peergroup, by depth."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

DEPTHS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, under the key by which a group remembers that it was asked."""

    key: str
    text: str
    depth: int


@cache
def builtin() -> tuple[Prompt, ...]:
    """Every built-in question, in the order in which they were written."""
    text = (files("peergroup.icebreakers") / "prompts.yaml").read_text(encoding="utf-8")
    document: dict[int, dict[str, str]] = yaml.safe_load(text)
    return tuple(Prompt(key, words, depth) for depth in DEPTHS for key, words in document[depth].items())
