"""A finding: what is wrong with a document, and where."""

from dataclasses import dataclass


def pointer(*parts: str | int) -> str:
    """The JSON pointer (RFC 6901) of a place in a document; no parts name the whole document."""
    path = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    # A lone surrogate in an unknown key must not make the answer about it unsendable.
    return path.encode(errors="replace").decode()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong. `line` and `column` count from 1 and are there if the document was text."""

    pointer: str
    detail: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}, column {self.column}: "
        return f"{place}{self.pointer or '/'}: {self.detail}"
