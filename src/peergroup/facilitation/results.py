"""What came of the lists: nothing before its time, and nothing at all where fewer than three took part."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation.ballot_models import Ballot, Tally
from peergroup.facilitation.ballots import Count, ballots, counts, may_be_counted, outcome
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.contribution_schemas import CountedOut, ListResult, ResultsOut
from peergroup.facilitation.guards import the_circle
from peergroup.facilitation.marking import Top, may_show_results
from peergroup.facilitation.models import Contribution, Exercise
from peergroup.facilitation.parts import MarkList
from peergroup.facilitation.seen import sees
from peergroup.facilitation.steps import Step, steps
from peergroup.facilitation.turn import ballot_name
from peergroup.facilitation.withholding import withheld
from peergroup.groups.standing import Standing
from peergroup.kit.context import Asking, Context


async def results_of(ctx: Context, exercise: Exercise, standing: Standing) -> ResultsOut:
    """The result of every list whose phase has begun."""
    if exercise.started_at is None:
        return ResultsOut(exercise_id=exercise.id, lists=[], withheld=[])
    circle = await the_circle(ctx, exercise)
    reached = steps(circle.protocol, exercise.rounds)[: exercise.step_no + 1]
    lists = [(step, marks) for step in reached for marks in circle.protocol.phase(step.phase).marks]
    known = await ballots(ctx, exercise)
    found = await counts(ctx, exercise, [ballot_name(marks, step.round) for step, marks in lists])
    tallies, cards = await _tallies(ctx, exercise), await _cards(ctx, exercise)
    shown = []
    for step, marks in lists:
        name = ballot_name(marks, step.round)
        one = _Listed(ctx, circle, standing, step, marks, known.get(name), found[name], tallies.get(name, {}))
        shown.append(one.shown(cards))
    return ResultsOut(exercise_id=exercise.id, lists=shown, withheld=withheld(circle))


async def _tallies(ctx: Context, exercise: Exercise) -> dict[str, dict[UUID, Tally]]:
    found: dict[str, dict[UUID, Tally]] = {}
    for tally in (await ctx.db.scalars(select(Tally).where(Tally.exercise_id == exercise.id))).all():
        found.setdefault(tally.ballot, {})[tally.contribution_id] = tally
    return found


async def _cards(ctx: Context, exercise: Exercise) -> dict[UUID, Any]:
    me = ctx.principal.person_id
    query = select(Contribution.id, Contribution.kind, Contribution.body).where(
        Contribution.exercise_id == exercise.id, sees(Contribution, me, str(me))
    )
    return {row.id: row for row in (await ctx.db.execute(query)).all()}


class _Listed:
    """One list in one round, judged."""

    def __init__(
        self,
        asking: Asking,
        circle: Circle,
        standing: Standing,
        step: Step,
        marks: MarkList,
        *state: Any,
    ) -> None:
        self.asking = asking
        self.circle, self.standing, self.step, self.marks = circle, standing, step, marks
        ballot, count, tallies = state
        self.ballot: Ballot | None = ballot
        self.count: Count = count
        self.tallies: dict[UUID, Tally] = tallies

    @property
    def is_over(self) -> bool:
        exercise = self.circle.exercise
        return not exercise.is_going_on or self.step != exercise.step

    @property
    def top(self) -> Top[UUID]:
        return outcome(self.marks, self.ballot, self.count)

    def state(self) -> str:
        """What may be shown of it."""
        hidden = self.marks.tally == "hidden"
        if not self.is_over:
            if not hidden:
                return "open"
            return "tied" if self._shows_tie() else "hidden"
        voters = self.ballot.voters if self.ballot is not None else len(self.count.voters)
        if hidden and not may_show_results(voters):
            return "too_few"
        return "decided" if self.top.is_decided else "tied"

    @property
    def _runs_off(self) -> bool:
        return self.ballot is not None and self.ballot.is_run_off and not self.is_over

    def _shows_tie(self) -> bool:
        """In a second vote everybody knows what it is about. Before, once no more marks are expected, whoever
        leads learns who is tied, to settle it. No counts."""
        if self._runs_off and not self._counted():
            return True
        return not self.top.is_decided and (
            self._runs_off or (self.standing.is_moderator and self._counted())
        )

    def _counted(self) -> bool:
        return may_be_counted(self.asking, self.circle, self.marks, self.ballot, self.count)

    @property
    def _tied(self) -> Top[UUID]:
        """Who is tied, as far as it may be told: in a second vote that goes on, as it was when it began."""
        ballot = self.ballot
        if ballot is not None and self._runs_off and not self._counted():
            return Top(frozenset(), frozenset(UUID(card) for card in ballot.tied), ballot.places)
        return self.top

    def _between(self) -> list[UUID]:
        """The cards that a decision is about; in a second vote those that are marked again."""
        if self._runs_off and self.ballot is not None:
            return sorted(UUID(card) for card in self.ballot.tied)
        return sorted(self._tied.tied)

    def shown(self, cards: dict[UUID, Any]) -> ListResult:
        """The list on the wire."""
        state = self.state()
        items = [] if state in ("hidden", "too_few") else self._items(cards, state)
        counted = state in ("open", "tied", "decided") and (self.is_over or state == "open")
        voters = (
            self.ballot.voters if self.ballot is not None and self.ballot.voters else len(self.count.voters)
        )
        return ListResult(
            list=self.marks.list,
            phase=self.step.phase,
            round=self.step.round,
            state=state,
            voters=voters if counted else None,
            places=self._tied.places if state in ("tied", "open") else 0,
            tied=self._between() if state in ("tied", "open") else [],
            run_off=self._runs_off,
            reason=self.ballot.reason if self.ballot is not None and state == "decided" else None,
            items=items,
        )

    def _items(self, cards: dict[UUID, Any], state: str) -> list[CountedOut]:
        if state == "tied" and not self.is_over:
            return [self._item(cards[card], None) for card in sorted(self._tied.tied) if card in cards]
        numbers = {card: tally.marks for card, tally in self.tallies.items()} or dict(self.count.marks)
        ordered = sorted(numbers, key=lambda card: (-numbers[card], card))
        return [self._item(cards[card], numbers[card]) for card in ordered if card in cards]

    def _item(self, card: Any, number: int | None) -> CountedOut:
        tally = self.tallies.get(card.id)
        kept: bool | None = None
        if self.marks.top is not None and card.id not in self.top.tied:
            kept = card.id in self.top.kept if number is not None else None
        return CountedOut(
            contribution_id=card.id,
            kind=card.kind,
            body=card.body,
            count=number,
            run_off=tally.run_off if tally is not None else None,
            top=kept,
        )
