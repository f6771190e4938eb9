"""The board: the frozen tops of an exercise, shown to everybody from the end of their phase on."""

from typing import Any

from peergroup.facilitation.ballots import Closed
from peergroup.facilitation.models import Exercise


def pin(exercise: Exercise, closed: list[Closed]) -> list[dict[str, Any]]:
    """The board with the tops of the lists that have just been closed, as far as these may be shown.

    What was frozen stays as it is: a phase that is entered again by `back`, and ends again, pins nothing anew.
    """
    there = {(one["list"], one["round"]) for one in exercise.board}
    pinned = [
        {
            "list": one.marks.list,
            "phase": exercise.phase,
            "round": exercise.round,
            "contribution_ids": [
                str(card) for card in sorted(one.top.kept, key=lambda card: (-one.count.marks[card], card))
            ],
        }
        for one in closed
        if one.marks.top is not None and one.may_be_shown
        if (one.marks.list, exercise.round) not in there
    ]
    return [*exercise.board, *pinned] if pinned else exercise.board
