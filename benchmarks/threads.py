"""Challenges with what was said about them: finished ones with ten contributions, and a running one in each group."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from benchmarks.bulk import Bulk
from peergroup.challenges.models import Challenge, Credit
from peergroup.commitments.models import Commitment
from peergroup.facilitation.ballot_models import Ballot, Mark, Tally
from peergroup.facilitation.library import builtin
from peergroup.facilitation.models import Contribution, Exercise, Participant, ProtocolVersion, Voice
from peergroup.groups.models import ActivePeriod
from peergroup.kit.ids import new_id
from peergroup.kit.model import Model

BEGAN = dt.datetime(2026, 1, 5, 9, 30, 0, 123456, dt.UTC)
CONTRIBUTIONS, CHALLENGES = 10, 49
BODY = (
    "We asked three customers first, then wrote down what the best of the old ones did in their first month. "
)
METHOD = "ten_brains"
Rows = list[tuple[type[Model], dict[str, Any]]]


class Threads:
    """Makes the rows of one organization's challenges."""

    def __init__(self, tenant: UUID, seats: list[tuple[UUID, list[UUID]]], contributions: int) -> None:
        self.tenant, self.seats, self.contributions = tenant, seats, contributions
        self.method = new_id()
        self.finished: dict[UUID, list[UUID]] = {group: [] for group, _ in seats}
        self.running: dict[UUID, UUID] = {}
        """The exercise that runs in a group."""

    async def fill(self, bulk: Bulk) -> None:
        """Load everything, table by table, a few thousand threads at a time."""
        protocol = builtin(METHOD)
        document = {
            "title": protocol.title,
            "digest": protocol.digest(),
            "document": protocol.model_dump_json(),
        }
        kept = {"id": self.method, "key": METHOD, "number": 1, "is_builtin": True, "created_at": BEGAN}
        await bulk.fill(ProtocolVersion, [self._owned(kept | document)])
        waiting: dict[type[Model], list[dict[str, Any]]] = {}
        for model, row in self._rows():
            rows = waiting.setdefault(model, [])
            rows.append(self._owned(row))
            if len(rows) == 50_000:
                await bulk.fill(model, rows)
                rows.clear()
        for model, rows in waiting.items():
            await bulk.fill(model, rows)

    def _owned(self, row: dict[str, Any]) -> dict[str, Any]:
        return row | {"organization_id": self.tenant}

    def _rows(self) -> Iterator[tuple[type[Model], dict[str, Any]]]:
        threads = self.contributions // CONTRIBUTIONS
        for place, (group, people) in enumerate(self.seats):
            for person in people:
                period = {"group_id": group, "person_id": person, "started_at": BEGAN, "created_at": BEGAN}
                yield ActivePeriod, {"id": new_id(), **period}
            # The first threads go round the groups; what is left of the forty-nine waits without a word.
            mine = len(range(place, threads, len(self.seats)))
            for number in range(CHALLENGES):
                owner, others = people[number % 10], people[: number % 10] + people[number % 10 + 1 :]
                yield from self._thread(group, owner, others) if number < mine else self._parked(group, owner)
            yield from self._started(group, people)

    def _parked(self, group: UUID, owner: UUID) -> Rows:
        return [(Challenge, _challenge(new_id(), group, owner))]

    def _thread(self, group: UUID, owner: UUID, others: list[UUID]) -> Rows:
        """Seven ideas, two replies and a promise; marks on some of them; resolved."""
        challenge, exercise = new_id(), new_id()
        self.finished[group].append(challenge)
        said = [new_id() for _ in range(CONTRIBUTIONS)]
        who = [*others[:7], *others[:2], owner]
        rows: Rows = [
            (Challenge, _challenge(challenge, group, owner) | _resolved(exercise)),
            (Exercise, self._exercise(exercise, group, challenge, [owner, *others]) | FINISHED),
        ]
        rows += [(Participant, _seat(exercise, person)) for person in (owner, *others)]
        for place, (id_, author) in enumerate(zip(said, who, strict=True)):
            kind, phase, step = _STEPS[(place > 6) + (place > 8)]
            more = {"parent_id": said[0]} if kind == "reply" else {}
            promise = {"by_on": BY_ON} if kind == "commitment" else {}
            rows.append(
                (Contribution, _said(id_, exercise, group, author, kind, phase, step) | more | promise)
            )
            rows.append((Voice, _voice(exercise, author, phase, kind)))
        for card in said[:2]:
            mark = {"exercise_id": exercise, "ballot": "helped", "person_id": owner}
            rows.append((Mark, mark | {"slot": said.index(card) + 1, "contribution_id": card}))
        ballot = {"exercise_id": exercise, "ballot": "top"}
        rows.append((Ballot, ballot | {"voters": 10, "is_closed": True}))
        rows += [(Tally, ballot | {"contribution_id": card, "marks": 4}) for card in said[:3]]
        rows += [(Credit, {"challenge_id": challenge, "person_id": one, "helped": 1}) for one in who[:2]]
        rows.append((Commitment, _promise(exercise, group, owner, said[-1])))
        return rows

    def _started(self, group: UUID, people: list[UUID]) -> Rows:
        """One in the phase in which everybody contributes; the moderator owns it, nothing was said yet."""
        challenge, exercise = new_id(), new_id()
        self.running[group] = exercise
        running = {"exercise_id": exercise, "started_at": BEGAN, "state": "in_progress"}
        rows: Rows = [
            (Challenge, _challenge(challenge, group, people[0]) | running),
            (Exercise, self._exercise(exercise, group, challenge, people) | RUNNING),
        ]
        return rows + [(Participant, _seat(exercise, person)) for person in people]

    def _exercise(self, id_: UUID, group: UUID, challenge: UUID, people: list[UUID]) -> dict[str, Any]:
        return {
            "id": id_,
            "group_id": group,
            "protocol_id": self.method,
            "protocol_key": METHOD,
            "protocol_version": 1,
            "mode": "async",
            "subject_kind": "challenge",
            "subject_id": challenge,
            "subject_title": "How do I hire a head of sales?",
            "owner_id": people[0],
            "seating": json.dumps([str(person) for person in people]),
            "step_count": 6,
            "participant_count": 10,
            "started_at": BEGAN,
            "created_at": BEGAN,
            "version": 7,
        }


BY_ON = dt.date(2026, 2, 1)
_STEPS = (("idea", "contribute", 2), ("reply", "build", 3), ("commitment", "commit", 5))
FINISHED = {"state": "finished", "phase": "commit", "step_no": 5, "ended_at": BEGAN, "contribution_count": 10}
RUNNING = {"state": "running", "phase": "contribute", "step_no": 2, "phase_opened_at": BEGAN}


def _challenge(id_: UUID, group: UUID, owner: UUID) -> dict[str, Any]:
    return {
        "id": id_,
        "group_id": group,
        "owner_id": owner,
        "question": "How do I hire a head of sales?",
        "context": BODY,
        "tried": "Two agencies and a friend.",
        "help_wanted": "experience",
        "created_at": BEGAN,
    }


def _resolved(exercise: UUID) -> dict[str, Any]:
    times = dict.fromkeys(("started_at", "committed_at", "ended_at"), BEGAN)
    told = {"state": "resolved", "outcome": "worked", "learned": "Ask customers to sit in.", "version": 6}
    return times | told | {"exercise_id": exercise, "follow_up_on": BY_ON}


def _seat(exercise: UUID, person: UUID) -> dict[str, Any]:
    return {"exercise_id": exercise, "person_id": person, "state": "in", "joined_at": BEGAN}


def _said(
    id_: UUID, exercise: UUID, group: UUID, author: UUID, kind: str, phase: str, step: int
) -> dict[str, Any]:
    return {
        "id": id_,
        "exercise_id": exercise,
        "group_id": group,
        "round": 1,
        "phase": phase,
        "step_no": step,
        "visibility": "blind" if phase == "contribute" else "open",
        "revealed_at": BEGAN,
        "kind": kind,
        "body": BODY,
        "author_id": author,
        "created_at": BEGAN,
    }


def _voice(exercise: UUID, author: UUID, phase: str, kind: str) -> dict[str, Any]:
    counts = {"round": 1, "phase": phase, "who": str(author), "kind": kind, "posted": 1, "times": 1}
    return {"exercise_id": exercise} | counts


def _promise(exercise: UUID, group: UUID, owner: UUID, said: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "owner_id": owner,
        "source": "exercise",
        "group_id": group,
        "exercise_id": exercise,
        "contribution_id": said,
        "began_at": BEGAN,
        "state": "done",
        "body": BODY,
        "by_on": BY_ON,
        "created_at": BEGAN,
        "closed_at": BEGAN,
    }
