"""A difference as people read it: what would be made, changed, removed or left alone, and why.

It knows nothing of where a difference comes from: it takes the `changes` of a plan or a season as they are on the
wire. Signs say what colours say, so nothing is lost without them, in a log for example.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

LONGEST = 60
"""Characters of a value that are shown."""
_TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""What turns the direction of writing, and so could make a line read differently from what it says."""
NOTHING = "Nothing to do: everything is as it should be."


@dataclass(frozen=True)
class Outcome:
    """What one word of the wire means here: its sign, its colour, and how it is counted before and after."""

    sign: str
    colour: str
    ahead: str
    done: str
    is_news: bool = True


OUTCOMES = {
    "created": Outcome("+", "green", "to create", "created"),
    "updated": Outcome("~", "yellow", "to change", "changed"),
    "deleted": Outcome("-", "red", "to delete", "deleted"),
    "kept": Outcome("·", "cyan", "kept", "kept"),
    "locked": Outcome("·", "cyan", "locked", "locked"),
    "unchanged": Outcome(" ", "dim", "unchanged", "unchanged", is_news=False),
}


@dataclass(frozen=True)
class Field:
    """One thing that is different."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """What becomes of one thing. `within` is the group it belongs to, `why` the reason why it was left alone."""

    kind: str
    name: str
    outcome: str
    within: str | None = None
    fields: tuple[Field, ...] = ()
    why: str | None = None

    @property
    def means(self) -> Outcome:
        """What its outcome means; a word that is not known yet is shown as it is."""
        return OUTCOMES.get(self.outcome, Outcome("?", "magenta", self.outcome, self.outcome))


def changes_of(said: Iterable[Mapping[str, Any]], *, kind: str = "session") -> list[Change]:
    """The `changes` of an answer; entries of a plan are all of one `kind`, and named by their key."""
    return [
        Change(
            kind=one.get("kind", kind),
            name=one["name"] if "name" in one else one["key"],
            outcome=one["change"],
            within=one.get("group"),
            fields=tuple(Field(f["field"], f["before"], f["after"]) for f in one.get("fields", [])),
            why=one.get("reason"),
        )
        for one in said
    ]


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """How many have which outcome; those that are known come first, with nought as well."""
    counted = Counter(change.outcome for change in changes)
    return dict.fromkeys(OUTCOMES, 0) | dict(counted)


def as_json(changes: list[Change], *, applied: bool) -> dict[str, Any]:
    """The object that `--json` prints: every change, the unchanged included, and the counts."""
    shown = [
        {
            "kind": one.kind,
            "group": one.within,
            "name": one.name,
            "change": one.outcome,
            "fields": [{"field": f.name, "before": f.before, "after": f.after} for f in one.fields],
            "reason": one.why,
        }
        for one in changes
    ]
    return {"applied": applied, "changes": shown, "summary": counts(changes)}


def show(changes: list[Change], console: "Console", *, applied: bool = False) -> None:
    """Print what is new, group by group, and the counts of everything; `applied` says that it is done."""
    for line in lines(changes):
        console.print(line, soft_wrap=True)
    console.print(summary(changes, applied=applied), highlight=False, soft_wrap=True)


def lines(changes: list[Change]) -> "Iterator[Text]":
    """What is new, in the order given: a heading for each group, a line for each thing, one for each field."""
    from rich.text import Text

    news = [change for change in changes if change.means.is_news]
    for within, inside in groupby(news, key=lambda change: change.within):
        if within is not None:
            yield Text(f"group {plain(within)}", style="bold")
        margin = "  " if within is not None else ""
        for change in inside:
            yield from _told(change, margin)
        yield Text()


def _told(change: Change, margin: str) -> "Iterator[Text]":
    from rich.text import Text

    means = change.means
    said = f"{margin}{means.sign} {plain(change.kind).replace('_', ' ')} {plain(change.name)}"
    if change.why or means.sign in "·?":
        said += f"  {means.ahead}" + (f": {plain(change.why)}" if change.why else "")
    yield Text(said, style=means.colour)
    widest = max((len(field.name) for field in change.fields), default=0)
    for field in change.fields:
        was = "" if change.outcome == "created" else f"{value(field.before)} → "
        yield Text(f"{margin}    {plain(field.name):<{widest}}  {was}{value(field.after)}")


def summary(changes: list[Change], *, applied: bool = False) -> str:
    """The counts in one sentence: `2 to create, 1 kept, 9 unchanged.`"""
    counted = {outcome: count for outcome, count in counts(changes).items() if count}
    if not any(Change("", "", outcome).means.sign in "+~-?" for outcome in counted):
        left = _counted({outcome: counted[outcome] for outcome in counted if outcome != "unchanged"}, applied)
        return NOTHING + (f" {left}." if left else "")
    return f"{_counted(counted, applied)}."


def _counted(counted: Mapping[str, int], applied: bool) -> str:
    words = {outcome: Change("", "", outcome).means for outcome in counted}
    return ", ".join(
        f"{count} {words[outcome].done if applied else words[outcome].ahead}"
        for outcome, count in counted.items()
    )


def value(said: Any) -> str:
    """A value as JSON has it, on one line; a long one is cut."""
    text = plain(json.dumps(said, ensure_ascii=False))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def plain(text: str) -> str:
    """A text in which nothing steers the terminal: what people called something is only shown."""
    return "".join("�" if _steers(sign) else sign for sign in text)


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Zl", "Zp") or unicodedata.bidirectional(sign) in _TURNS
