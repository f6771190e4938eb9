"""Telling what a season changes, or changed, and what of it was refused."""

from rich.console import Console
from rich.text import Text

from peergroup.cli import difference
from peergroup.cli.season_applying import Outcome


def tell(outcome: Outcome) -> None:
    """The outcome for people: what is different, the counts, and what was refused."""
    changes = difference.changes_of(outcome.changes)
    if outcome.applied:
        print(difference.summary(changes, applied=True))
    elif changes and not (outcome.refused and all(one["change"] == "unchanged" for one in outcome.changes)):
        difference.show(changes, Console())
    if outcome.refused:
        refusals = Console(stderr=True)
        for one in outcome.refused:
            said = f"{one['place']}: {one['part']}: {one['detail']}"
            refusals.print(Text(difference.plain(said), style="red"), soft_wrap=True)
        done = "What was applied stays." if outcome.applied else "Nothing was changed."
        refusals.print(Text(f"{done} Mend the file and apply it again."))


def show_difference(outcome: Outcome) -> None:
    """What would be different."""
    difference.show(difference.changes_of(outcome.changes), Console())
