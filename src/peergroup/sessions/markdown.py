"""Minutes as Markdown: what people wrote stays text, whatever characters it has."""

from peergroup.facilitation.markdown import on_the_wall
from peergroup.kit.markdown import escaped
from peergroup.sessions.result_schemas import MinutesOut


def minutes_as_markdown(minutes: MinutesOut) -> str:
    """The whole minutes."""
    lines = [f"# {escaped(minutes.title or minutes.group.name)}", ""]
    lines += [f"- Group: {escaped(minutes.group.name)}"]
    if minutes.theme:
        lines += [f"- Theme: {escaped(minutes.theme.name)}"]
    if minutes.started_at:
        lines += [f"- Began: {on_the_wall(minutes.started_at, minutes.time_zone)}"]
    if minutes.ended_at:
        lines += [f"- Ended: {on_the_wall(minutes.ended_at, minutes.time_zone)}"]
    if minutes.reason:
        lines += [f"- Outside of its time: {escaped(minutes.reason)}"]
    lines += _agenda(minutes) + _attendance(minutes) + _sections(minutes)
    return "\n".join(lines) + "\n"


def _agenda(minutes: MinutesOut) -> list[str]:
    if not minutes.agenda:
        return []
    listed = [
        f"{place}. {escaped(one.title)} ({one.kind}, {one.minutes + one.extended} min)"
        + ("" if one.started_at else " – not reached")
        for place, one in enumerate(minutes.agenda, 1)
    ]
    return ["", "## Agenda", "", *listed]


def _attendance(minutes: MinutesOut) -> list[str]:
    if not minutes.attendance:
        return []
    listed = [
        f"- {escaped(one.person.name)}: {one.mark}" + (f" – {escaped(one.note)}" if one.note else "")
        for one in minutes.attendance
    ]
    return ["", "## Attendance", "", *listed]


def _sections(minutes: MinutesOut) -> list[str]:
    lines = []
    for section in minutes.sections:
        lines += ["", f"## {escaped(section.title)}", ""]
        for entry in section.entries:
            who = f"{escaped(entry.person.name)}: " if entry.person else ""
            by = f" (by {entry.by_on.isoformat()})" if entry.by_on else ""
            lines.append(f"- {who}{escaped(entry.text)}{by}")
    return lines
