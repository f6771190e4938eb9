"""From rows to the wire: one contribution with its names, marks and earlier words, as far as they are shown.

Written so that rows of the session and rows of a hot read, which have texts for ids and instants, both fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from peergroup.facilitation.envelopes import unseal
from peergroup.facilitation.marking import may_show_results
from peergroup.facilitation.models import Contribution
from peergroup.facilitation.policy import GUEST
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.facilitation.turn import is_open
from peergroup.facilitation.urns import Secret
from peergroup.groups.standing import Standing
from peergroup.kit.context import Asking

Shown = dict[str, Any]
"""A contribution as it goes out: the members of `ContributionOut`, in their order."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a contribution is shown in: the exercise it belongs to, and who reads.

    `me` is an id, or its text where the rows have texts.
    """

    exercise: Any
    protocol: Protocol
    standing: Standing
    me: Any
    secret: Secret
    speaks: bool
    is_open: bool
    key: bytes | None
    """That of the exercise: it opens the reader's own sealed cards."""

    def is_hidden(self, list_name: str) -> bool:
        """Whether a list is counted in secret."""
        lists = (marks for phase in self.protocol.phases for marks in phase.marks)
        return any(marks.list == list_name and marks.tally == "hidden" for marks in lists)


def around(
    asking: Asking,
    exercise: Any,
    protocol: Protocol,
    standing: Standing,
    key: bytes | None,
    secret: Secret,
    *,
    texts: bool = False,
) -> Around:
    """An exercise around its contributions, for whoever asks; with `texts`, for rows that have texts for ids."""
    me = asking.principal.person_id
    return Around(
        exercise,
        protocol,
        standing,
        str(me) if texts and me is not None else me,
        secret,
        standing.says or GUEST.fits(standing, exercise),
        is_open(asking, exercise),
        key,
    )


@dataclass(slots=True)
class Hanging:
    """What hangs on one contribution."""

    given: dict[str, list[Any]] = field(default_factory=dict)
    tallies: dict[str, Any] = field(default_factory=dict)
    revisions: list[Any] = field(default_factory=list)

    def take(self, row: Any) -> None:
        """Take one joined row; a bare one has nothing."""
        if row.what == "mark":
            self.given.setdefault(row.ballot, []).append(row)
        elif row.what == "tally":
            self.tallies[row.ballot] = row
        elif row.what == "revision":
            self.revisions.append(row)


def gathered(around: Around, rows: Sequence[Any]) -> tuple[list[Shown], list[tuple[int, Any]]]:
    """The contributions of joined rows in their order, and the place of each for cursors."""
    heads: dict[Any, Any] = {}
    hanging: dict[Any, Hanging] = {}
    for row in rows:
        heads.setdefault(row.id, row)
        hanging.setdefault(row.id, Hanging()).take(row)
    shown = [shown_from_row(around, row, hanging[row.id]) for row in heads.values()]
    return shown, [(row.step_no, row.id) for row in heads.values()]


def shown_from_row(around: Around, row: Any, hanging: Hanging) -> Shown:
    """One contribution or sealed card of a joined row."""
    is_card = row.source == "card"
    names = (row.author_name, row.recorder_name)
    body = unseal(around.key, row.body) if is_card and around.key is not None else row.body
    return _shown(around, row, body, is_card=is_card, names=names, hanging=hanging)


def shown_now(around: Around, thing: Contribution | SealedCard, name: str, recorder: str | None) -> Shown:
    """What was just said, without reading it again."""
    is_card = isinstance(thing, SealedCard)
    return _shown(around, thing, thing.body, is_card=is_card, names=(name, recorder), hanging=Hanging())


def _shown(
    around: Around,
    one: Any,
    body: str | None,
    *,
    is_card: bool,
    names: tuple[str | None, str | None],
    hanging: Hanging,
) -> Shown:
    def get(name: str) -> Any:
        return None if is_card else getattr(one, name)

    unnamed = around.exercise.is_unnamed
    mine = is_card or (around.me is not None and get("author_id") == around.me)
    return {
        "id": one.id,
        "exercise_id": one.exercise_id,
        "kind": one.kind,
        "body": None if get("deleted_at") else body,
        "author": None if unnamed else _person(get("author_id"), names[0]),
        "mine": mine,
        "parent_id": one.parent_id,
        "by_on": get("by_on"),
        "action": get("action"),
        "phase": one.phase,
        "round": one.round,
        "breakout": one.breakout,
        "revealed": get("revealed_at") is not None,
        "after_seeing": bool(get("after_seeing")),
        "recorded_by": None if unnamed else _person(get("recorded_by_id"), names[1]),
        "confirmed_at": get("confirmed_at"),
        "revisions": [{"body": row.earlier, "replaced_at": row.at} for row in hanging.revisions],
        "deleted": get("deleted_at") is not None,
        "merged_into_id": get("merged_into_id"),
        "dropped": get("drop_reason"),
        "marks": list(_marks(around, str(one.id), hanging)),
        "created_at": get("created_at"),
        "version": one.version,
        "allowed_actions": _actions(around, one, get, mine=mine, is_card=is_card),
    }


def _person(person_id: Any, name: str | None) -> Shown | None:
    return None if person_id is None or name is None else {"id": person_id, "name": name}


def _marks(around: Around, card: str, hanging: Hanging) -> Iterable[Shown]:
    secret = around.secret.get(card, set())
    for ballot in sorted({*hanging.given, *hanging.tallies, *secret}):
        list_name, _, number = ballot.partition("#")
        given, tally = hanging.given.get(ballot, []), hanging.tallies.get(ballot)
        hidden = around.is_hidden(list_name)
        mine = ballot in secret or any(row.person_id == around.me for row in given)
        count: int | None = len(given) if tally is None else tally.count
        if hidden and (tally is None or not may_show_results(tally.voters)):
            count = None
        if hidden and count is None and not mine:
            continue
        shows_names = not hidden and not around.exercise.is_unnamed
        people = [_person(row.person_id, row.giver_name) for row in given] if shows_names else []
        by = sorted((one for one in people if one is not None), key=lambda one: (one["name"], one["id"]))
        yield {"list": list_name, "round": int(number or 1), "count": count, "mine": mine, "by": by}


def _actions(around: Around, one: Any, get: Any, *, mine: bool, is_card: bool) -> list[str]:
    exercise, found = around.exercise, []
    if not around.speaks or get("deleted_at") is not None or exercise.state == "paused":
        return []
    if is_card:
        here = (one.round, one.phase) == (exercise.round, exercise.phase)
        return ["edit", "delete"] if here and around.is_open else []
    if mine and get("merged_into_id") is None:
        found += ["edit", "delete"]
    if mine and get("recorded_by_id") is not None and get("confirmed_at") is None:
        found.append("confirm")
    if around.standing.is_moderator and around.is_open:
        found += _of_moderators(around, one, get)
    return found


def _of_moderators(around: Around, one: Any, get: Any) -> list[str]:
    phase = around.protocol.phase(around.exercise.phase or "")
    free = get("merged_into_id") is None and get("drop_reason") is None
    merges = ["merge"] if phase.merges and free else []
    return merges + (["drop"] if one.kind in phase.parent_kinds("volunteer") and free else [])
