"""The bounded string types for every text field: the same verdict on both databases.

PostgreSQL refuses NUL, and neither driver can encode a lone surrogate; both are refused here, with 422,
before any database sees them.
"""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field

_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_EMAIL = re.compile(
    r"[^\s@\"(),:;<>\[\\\]]{1,64}@(?=.{1,255}$)[^\s@.\"(),:;<>\[\\\]]+(\.[^\s@.\"(),:;<>\[\\\]]+)+"
)
# What Python calls blank, and what it calls blank but for control characters, as character classes. The
# patterns below are for the contract alone: valid in ECMA-262 as in Python, with the same verdict as the
# functions, so that a client can know beforehand. They walk a text once, whatever it says.
_BLANK = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_SPACE = r"\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# What leaves nothing to see where it stands alone: fillers, joiners, marks of direction, selectors of variants, and
# the marks that are written onto a letter. Those beyond the first 65,536 characters are in no pattern: Python and
# ECMA-262 have no common way to write them.
_UNSEEN = (
    r"\xad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u061c\u064b-\u065f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u2800\u3164\ufe00-\ufe0f"
    r"\ufe20-\ufe2f\ufeff\uffa0\ufff0-\ufff8"
)
_UNSEEN_BEYOND = r"\U0001bca0-\U0001bca3\U0001d165-\U0001d169\U0001d16d-\U0001d182\U000e0000-\U000e0fff"
LINE_PATTERN = rf"^[{_SPACE}{_UNSEEN}]*[^\x00-\x1f\x7f{_SPACE}{_UNSEEN}][^\x00-\x1f\x7f]*$"
SAID_PATTERN = rf"^[{_BLANK}{_UNSEEN}]*[^\x00{_BLANK}{_UNSEEN}][^\x00]*$"
_SEEN = re.compile(rf"[^\x00{_BLANK}{_UNSEEN}{_UNSEEN_BEYOND}]")
_A_LINE: Any = {"pattern": LINE_PATTERN}
_SAID: Any = {"pattern": SAID_PATTERN}
_forms: dict[str, str] = {}


def form(pattern: str, said: str) -> str:
    """A pattern for the contract; `said` is what people are told who do not keep to it."""
    _forms[pattern] = said
    return pattern


def said_of(pattern: str) -> str:
    """A pattern in plain words."""
    return _forms.get(pattern, "Use the form that the contract describes.")


def _storable(value: str) -> str:
    if _FORBIDDEN.search(value):
        raise ValueError("contains a character that cannot be stored (NUL or a lone surrogate)")
    return value


def _one_line(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("must be one line without control characters")
    return _visible(value).strip()


def _said(value: str) -> str:
    return _visible(_storable(value))


def _visible(value: str) -> str:
    if _SEEN.search(value) is None:
        raise ValueError("must not be blank: it has no character that can be seen")
    return value


def is_email(value: str) -> bool:
    """Whether this looks like an address: one @, a dotted domain, no blanks, at most 320 characters."""
    return len(value) <= 320 and _EMAIL.fullmatch(value) is not None and not _CONTROL.search(value)


def _email(value: str) -> str:
    stripped = value.strip()
    if not is_email(stripped):
        raise ValueError("is not an e-mail address")
    return stripped


def fold(value: str) -> str:
    """The form in which addresses and names are compared: case-folded, outer blanks gone."""
    return value.strip().casefold()


def mailbox(address: str | None) -> str:
    """The mailbox behind an address, "" for none. Other scripts may fold alike (ß and ss) and be different."""
    return address.lower() if address and address.isascii() else address or ""


def _line(longest: int) -> Any:
    return Field(min_length=1, max_length=longest, json_schema_extra=_A_LINE)


def _text(longest: int) -> Any:
    return Field(min_length=1, max_length=longest, json_schema_extra=_SAID)


Line = Annotated[str, _line(200), AfterValidator(_one_line)]
Words = Annotated[str, _text(10_000), AfterValidator(_said)]
Question = Annotated[str, _text(300), AfterValidator(_said)]
Note = Annotated[str, _text(2_000), AfterValidator(_said)]
KEY = form(
    r"^[a-z0-9][a-z0-9_.-]*$",
    "Use small letters, digits, '.', '_' and '-', and begin with a letter or digit.",
)
Key = Annotated[str, Field(min_length=1, max_length=100, pattern=KEY)]
Email = Annotated[
    str,
    Field(min_length=3, max_length=320, json_schema_extra={"format": "email"}, examples=["ada@example.com"]),
    AfterValidator(_email),
]
Sample = Annotated[str, _text(200_000), AfterValidator(_said)]
Tag = Annotated[str, _line(60), AfterValidator(_one_line)]
Tags = Annotated[list[Tag], Field(max_length=30)]
