"""The minutes of an exercise as Markdown. Nobody is named."""

from peergroup.facilitation.contribution_schemas import ExerciseMinutesOut, MinuteOut
from peergroup.kit.markdown import escaped
from peergroup.kit.time import to_wire

_KEPT_BACK = "kept back, because fewer than three people wrote here, or nobody did"


def exercise_as_markdown(minutes: ExerciseMinutesOut) -> str:
    """The whole minutes."""
    lines = [f"# {escaped(minutes.title)}", ""]
    if minutes.subject:
        lines += [f"- About: {escaped(minutes.subject)}"]
    lines += [f"- Began: {to_wire(minutes.started_at)}", f"- Ended: {to_wire(minutes.ended_at)}"]
    for phase in minutes.phases:
        lines += ["", f"## {escaped(phase.title)}", "", *(_line(said) for said in phase.said)]
    if minutes.withheld:
        lines += [
            "",
            "## Not shown",
            "",
            *(f"- {escaped(one.title)}: {_KEPT_BACK}" for one in minutes.withheld),
        ]
    return "\n".join(lines) + "\n"


def _line(said: MinuteOut) -> str:
    more = [f"{escaped(name)}: {count}" for name, count in sorted(said.marks.items())]
    more += [f"chosen: {', '.join(map(escaped, sorted(said.top)))}"] if said.top else []
    more += [f"by {said.by_on.isoformat()}"] if said.by_on else []
    more += [f"dropped: {escaped(said.dropped)}"] if said.dropped else []
    action = f" – {escaped(said.action)}" if said.action else ""
    return f"- {escaped(said.kind)}: {escaped(said.body)}{action}" + (f" ({', '.join(more)})" if more else "")
