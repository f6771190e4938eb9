"""Pictures of methods as Markdown: the way through the phases, who says what, who sees it, and what is read aloud."""

from collections.abc import Iterable, Iterator

from peergroup.facilitation.parts import Guard, Timebox
from peergroup.facilitation.phase import EVERYONE, Phase
from peergroup.facilitation.protocol import Protocol
from peergroup.kit.policy import phrase

_SOURCES = {
    "subject.owner": "whose challenge it is",
    "others": "all others",
    "volunteer": "whoever volunteers",
    "rotate": "one after the other",
    "drawn": "drawn by lot",
}
_SEEN = {
    "open": "at once",
    "blind": "when the phase ends; at once for who has posted or passed",
    "sealed": "when *{reveals}* begins",
}
_ENDS = {
    "everyone_posted_or_passed": "everyone has posted or passed",
    "min_contributions": "contributions: at least {least}",
    "min_commitments": "promises: at least {least} (no reason overrides it)",
    "top_selected": "no tie is left (no reason overrides it)",
}


def protocols(documents: Iterable[Protocol]) -> str:
    """A chapter for each method."""
    return "\n\n".join(part for one in documents for part in _chapter(one)) + "\n"


def _chapter(protocol: Protocol) -> Iterator[str]:
    yield f"## {protocol.title}"
    yield _about(protocol)
    yield f"```mermaid\n{flow(protocol)}\n```"
    yield _table(protocol)
    yield "\n".join(f"- **{phase.title}.** {phase.prompt}" for phase in protocol.phases if phase.prompt)


def _about(protocol: Protocol) -> str:
    subject = "Works on a challenge. " if protocol.subject == "challenge" else ""
    people = f"{protocol.participants.min} to {protocol.participants.max} people"
    minutes = sum(phase.timebox.max for phase in protocol.phases)
    turns = f", and {_rounds(protocol)}" if protocol.rounds != 1 else ""
    roles = "; ".join(f"`{role}`: {_SOURCES[source]}" for role, source in protocol.roles.items())
    return f"Key `{protocol.key}`. {subject}For {people}, {minutes} minutes{turns}." + (
        f" Roles: {roles}." if roles else " No roles: everyone does the same."
    )


def _rounds(protocol: Protocol) -> str:
    role = protocol.turn_role
    return f"that {protocol.rounds} times" if role is None else f"that once for each person as `{role}`"


def flow(protocol: Protocol) -> str:
    """The way through the phases as a Mermaid flow chart; dotted where something sealed is opened."""
    lines = ["flowchart TB"]
    lines += [f'    {_node(phase.key)}["{_label(phase)}"]' for phase in protocol.phases]
    lines += [f"    {' --> '.join(_node(phase.key) for phase in protocol.phases)}"]
    lines += [
        f"    {_node(phase.key)} -. opened .-> {_node(phase.reveals)}"
        for phase in protocol.phases
        if phase.reveals
    ]
    if protocol.rounds != 1:
        again = "next turn" if protocol.turn_role else "next round"
        lines.append(f"    {_node(protocol.phases[-1].key)} -- {again} --> {_node(protocol.phases[0].key)}")
    return "\n".join(lines)


def _node(key: str) -> str:
    """A name that Mermaid takes: its own words, as `end`, stay out of the way."""
    return f"p_{key.replace('-', '_')}"


def _label(phase: Phase) -> str:
    facts = [f"{_minutes(phase.timebox)} min"]
    facts += [phase.visibility] if phase.visibility != "open" else []
    facts += ["anonymous"] if phase.anonymous else []
    facts += [_seats(phase)] if phase.breakout != "all" else []
    title = phase.title.replace('"', "'")
    return f"<b>{title}</b><br/>{', '.join(facts)}"


def _minutes(box: Timebox) -> str:
    return str(box.max) if box.min == box.max else f"{box.min}–{box.max}"


def _seats(phase: Phase) -> str:
    return "breakouts joined" if phase.breakout == "merge" else f"breakouts of {phase.breakout}"


def _table(protocol: Protocol) -> str:
    rows = [
        "| phase | minutes | who says what | others see it | marks | ends when |",
        "|---|---|---|---|---|---|",
    ]
    for phase in protocol.phases:
        cells = (
            f"`{phase.key}`",
            _minutes(phase.timebox),
            "; ".join(_says(phase)) or "nobody writes",
            _seen(protocol, phase),
            "; ".join(_marked(phase)) or "–",
            "; ".join(map(_ends, phase.guards)) or "the moderator says so",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _says(phase: Phase) -> Iterator[str]:
    for role, kinds in phase.accepts.items():
        yield f"{_who(role)}: {', '.join(_kind(phase, kind) for kind in kinds)}"
    if phase.listens:
        yield f"only listening: {', '.join(map(_who, phase.listens))}"
    if phase.merges:
        yield "duplicates are merged"
    if phase.carries_over:
        yield "the promises of the last time are shown"


def _who(role: str) -> str:
    return "everyone" if role == EVERYONE else role


def _kind(phase: Phase, kind: str) -> str:
    parents = phase.parent_kinds(kind)
    to = f" to {phrase(list(parents))}" if parents else ""
    each = f", at most {phase.per_person[kind]} each" if kind in phase.per_person else ""
    total = f", at most {phase.per_group[kind]} together" if kind in phase.per_group else ""
    limit = f" ({(each + total).removeprefix(', ')})" if each or total else ""
    return f"*{kind}*{to}{limit}"


def _seen(protocol: Protocol, phase: Phase) -> str:
    if not phase.accepts:
        return "–"
    opened = protocol.phase(phase.reveals).title if phase.reveals else ""
    inside = "" if phase.breakout == "all" else ", in the same breakout alone"
    unnamed = ", and never who wrote it" if phase.anonymous else ""
    seen = (
        "when the phase ends" if phase.anonymous and phase.visibility == "blind" else _SEEN[phase.visibility]
    )
    return seen.format(reveals=opened) + inside + unnamed


def _marked(phase: Phase) -> Iterator[str]:
    for marks in phase.marks:
        top = f", the top {marks.top} frozen" if marks.top else ""
        hidden = ", counted in secret" if marks.tally == "hidden" else ""
        yield f"`{marks.list}`: {marks.budget} by {_who(marks.by)} on {phrase(marks.on)}{top}{hidden}"


def _ends(guard: Guard) -> str:
    return _ENDS[guard.name].format(least=guard.least)
