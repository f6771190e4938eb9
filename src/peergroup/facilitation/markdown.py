"""The minutes of an exercise as Markdown. Nobody is named."""

import datetime as dt
from textwrap import shorten
from uuid import UUID

from peergroup.facilitation.contribution_schemas import ExerciseMinutesOut, MinuteOut
from peergroup.kit.markdown import escaped
from peergroup.kit.time import wall_time

_WHY = {
    "too_few_authors": "kept back, because fewer than three people wrote here, or nobody did",
    "never_opened": "never opened, because it ended before",
    "stays_in_breakouts": "stays with those who sat together",
}


def on_the_wall(instant: dt.datetime, zone: str) -> str:
    """An instant as clocks in `zone` show it, to the minute, with the zone. Digits and the zone's own name alone."""
    return f"{wall_time(instant, zone).replace('T', ' ')} ({zone})"


def exercise_as_markdown(minutes: ExerciseMinutesOut) -> str:
    """The whole minutes."""
    lines = [f"# {escaped(minutes.title)}", ""]
    if minutes.subject:
        lines += [f"- About: {escaped(minutes.subject)}"]
    zone = minutes.time_zone
    lines += [
        f"- Began: {on_the_wall(minutes.started_at, zone)}",
        f"- Ended: {on_the_wall(minutes.ended_at, zone)}",
    ]
    said = {one.contribution_id: one.body for phase in minutes.phases for one in phase.said}
    for phase in minutes.phases:
        lines += ["", f"## {escaped(phase.title)}", "", *(_line(one, said) for one in phase.said)]
    if minutes.withheld:
        lines += [
            "",
            "## Not shown",
            "",
            *(f"- {escaped(one.title)}: {_WHY[one.reason]}" for one in minutes.withheld),
        ]
    return "\n".join(lines) + "\n"


def _line(said: MinuteOut, bodies: dict[UUID, str]) -> str:
    about = bodies.get(said.parent_id) if said.parent_id else None
    more = [f"{escaped(name)}: {count}" for name, count in sorted(said.marks.items())]
    more += [f"chosen: {', '.join(map(escaped, sorted(said.top)))}"] if said.top else []
    more += [f"by {said.by_on.isoformat()}"] if said.by_on else []
    more += [f"dropped: {escaped(said.dropped)}"] if said.dropped else []
    action = f" – {escaped(said.action)}" if said.action else ""
    body = escaped(said.body) if said.body else "(taken back)"
    to = f" (to “{escaped(shorten(about, 80, placeholder=' …'))}”)" if about else ""
    return f"- {escaped(said.kind)}{to}: {body}{action}" + (f" ({', '.join(more)})" if more else "")
