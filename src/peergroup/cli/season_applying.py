"""Applying a season file: compare everything, show it, ask, then go group by group."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from peergroup.cli.difference import as_json, changes_of
from peergroup.cli.refusals import REJECTED, USAGE, Refusal
from peergroup.cli.remote import service
from peergroup.cli.season_file import Part, SeasonFile
from peergroup.client import Peergroup, Problem

Change = dict[str, Any]
STILL = ("unchanged", "kept", "locked")
"""Outcomes of what stays as it is."""


@dataclass
class Outcome:
    """What a season came to, or would come to."""

    season: int
    dry_run: bool
    applied: bool = False
    changes: list[Change] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    @property
    def code(self) -> int:
        return REJECTED if self.refused else 0

    def as_data(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        told = as_json(changes_of(self.changes), applied=self.applied)
        return {"season": self.season, "dry_run": self.dry_run, **told, "refused": self.refused}


def carry_out(file: SeasonFile, *, dry_run: bool, yes: bool, quiet: bool) -> Outcome:
    """Compare, ask unless told not to, and apply. Nothing is applied where the comparison was refused."""
    parts = list(file.parts())
    with service() as client:
        outcome = Outcome(file.data["season"], dry_run)
        waiting = list(_each(client, file, parts, outcome, "comparing", quiet, dry_run=True))
        if dry_run or outcome.refused or not waiting:
            return outcome
        if not yes:
            _ask(outcome, quiet)
        compared, outcome = outcome, Outcome(file.data["season"], dry_run, applied=True)
        outcome.changes = [one for one in compared.changes if one["change"] in STILL]
        for _ in _each(client, file, waiting, outcome, "applying", quiet, dry_run=False):
            pass
        return outcome


def _each(
    client: Peergroup,
    file: SeasonFile,
    parts: Iterable[Part],
    outcome: Outcome,
    doing: str,
    quiet: bool,
    *,
    dry_run: bool,
) -> Iterator[Part]:
    """Send every part; gives those in which something is, or was, different."""
    parts = list(parts)
    with _progress(doing, len(parts), quiet) as advance:
        for part in parts:
            try:
                answer = client.seasons.apply(**part.body, dry_run=dry_run)
            except Problem as problem:
                if problem.status in (401, 429) or problem.status >= 500:
                    raise
                outcome.refused += _refusals(file, part, problem)
            else:
                found = [
                    one.to_dict() for one in answer.changes if part.pointer == "" or one.group is not None
                ]
                different = [one for one in found if one["change"] not in STILL]
                outcome.changes += found if dry_run else different
                if different:
                    yield part
            advance()


def _refusals(file: SeasonFile, part: Part, problem: Problem) -> Iterator[dict[str, Any]]:
    """What was refused, each at its place in the file."""
    wrong = [(one.pointer, one.detail) for one in problem.errors] or [("/groups/0", problem.detail)]
    for pointer, detail in wrong:
        at = pointer.replace("/groups/0", part.pointer, 1) if part.pointer else pointer
        yield {"part": part.title, "place": file.place_of(at), "pointer": at, "detail": detail}


def _ask(outcome: Outcome, quiet: bool) -> None:
    if quiet or not sys.stdin.isatty():
        raise Refusal(
            "There is something to change, and nobody to ask.",
            "Look at it with --dry-run, then say --yes.",
            code=USAGE,
        )
    from peergroup.cli.season_showing import show_difference

    show_difference(outcome)
    try:
        answer = input("Apply this? Only 'yes' does: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() != "yes":
        raise Refusal("Nothing was changed.")


class _progress:
    """A bar on standard error while parts are sent."""

    def __init__(self, doing: str, total: int, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(*columns, console=Console(stderr=True, quiet=quiet), transient=True)
        self._task = self._bar.add_task(doing, total=total)

    def __enter__(self) -> Callable[[], None]:
        self._bar.start()
        return lambda: self._bar.advance(self._task)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
