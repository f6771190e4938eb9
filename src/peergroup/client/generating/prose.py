"""Docstrings: what the contract says, broken into lines."""

import textwrap
from collections.abc import Iterable

WIDTH = 100


def quoted(text: str, *, indent: int) -> str:
    """A text as a docstring; the first line carries no indentation of its own."""
    lines = _lines(_safe(text), indent)
    if len(lines) == 1:
        return f'"""{lines[0]}"""'
    return "\n".join(
        [f'"""{lines[0]}', *(" " * indent + line if line else "" for line in lines[1:]), " " * indent + '"""']
    )


def docstring(text: str, *, indent: int, more: Iterable[str] = ()) -> str:
    """A text and further lines as the indented docstring of a class or function."""
    lines = [*_lines(_safe(text), indent), *map(_safe, more)]
    pad = " " * indent
    if len(lines) == 1:
        return f'{pad}"""{lines[0]}"""'
    return "\n".join(
        [f'{pad}"""{lines[0]}', *(pad + line if line else "" for line in lines[1:]), f'{pad}"""']
    )


def wrapped(text: str, *, indent: int, hanging: int = 0) -> list[str]:
    """A text in lines; from the second on `hanging` blanks deeper."""
    return textwrap.wrap(
        " ".join(text.split()), WIDTH - indent, subsequent_indent=" " * hanging, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _lines(text: str, indent: int) -> list[str]:
    paragraphs = [
        wrapped(paragraph, indent=indent + 3) for paragraph in text.split("\n\n") if paragraph.strip()
    ]
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += ([""] if lines else []) + paragraph
    return lines or ["…"]


def _safe(text: str) -> str:
    """A text that ends no docstring before its time."""
    plain = text.replace("\\", "\\\\").replace('"""', "'''")
    return f"{plain} " if plain.endswith('"') else plain
