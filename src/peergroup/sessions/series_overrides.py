"""What was changed by hand on one session of a series, and follows the series no more."""

from typing import Any

from peergroup.kit.context import Context, get
from peergroup.sessions.models import Session
from peergroup.sessions.series_models import OVERRIDES, WHEN, Series

_SAID = tuple(name for name in OVERRIDES if name != "agenda")


def what_it_says(session: Session) -> dict[str, Any]:
    """What a session says now of all that its series says, too."""
    return {name: getattr(session, name) for name in _SAID}


async def note_overrides(ctx: Context, session: Session, before: dict[str, Any]) -> None:
    """Remember what somebody changed on this one session; what says again what the series says, follows it again."""
    changed = {name for name, value in before.items() if getattr(session, name) != value}
    if session.series_id is None or not changed:
        return
    with ctx.db.no_autoflush:
        series = await get(ctx, Series, session.series_id)
    by_rule = what_it_says(session) | {name: getattr(series, name) for name in _SAID}
    by_rule["local_start"] = session.occurrence
    different = {name for name in _SAID if getattr(session, name) != by_rule[name]}
    if changed & set(WHEN):
        changed |= set(WHEN)
        different |= set(WHEN) if different & set(WHEN) else set()
    session.overridden = sorted((set(session.overridden) - changed) | (changed & different))


def note_own_agenda(session: Session) -> None:
    """Remember that this one session has an agenda of its own."""
    if session.series_id is not None:
        session.overridden = sorted({*session.overridden, "agenda"})
