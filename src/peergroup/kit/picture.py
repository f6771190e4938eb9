"""Pictures of the tables: a state diagram for each lifecycle, and who may do what, as Markdown."""

from collections.abc import Iterable, Iterator

from peergroup.kit.lifecycle import Lifecycle, Verb
from peergroup.kit.policy import phrase
from peergroup.kit.routing import Meta, Room
from peergroup.kit.verbs import Living

_BORN = "[*]"
_MANY = 4
"""From so many states on, a verb is drawn once, from a box that names them all."""


def lifecycles(living: Iterable[Living]) -> str:
    """A chapter for each kind of thing: its diagram, and its table in words."""
    chapters = [
        chapter for one in living for chapter in (f"## {_titled(one.thing)}", _drawn(one), _told(one))
    ]
    return "\n\n".join(chapters) + "\n"


def _drawn(one: Living) -> str:
    return f"```mermaid\n{diagram(one.lifecycle)}\n```"


def diagram(lifecycle: Lifecycle) -> str:
    """The lifecycle as a Mermaid state diagram: verbs on the arrows, those that lead nowhere in the boxes.

    What may stand in the way is in the table below it.
    """
    boxes: dict[tuple[str, ...], str] = {}
    arrows: dict[tuple[str, str], list[str]] = {}
    staying: dict[str, list[str]] = {}
    for name, verb in lifecycle.verbs.items():
        for source in _drawn_from(verb, boxes):
            for target in verb.targets or (source,):
                place = (
                    staying.setdefault(source, [])
                    if target == source
                    else arrows.setdefault((source, target), [])
                )
                place.append(name + ("" if verb.who else " (the clock)"))
    lines = ["stateDiagram-v2", f"    {_BORN} --> {lifecycle.first}"]
    lines += [f'    state "{phrase(list(states))}" as {box}' for states, box in boxes.items()]
    lines += [f'    state "{state}<br/>({", ".join(verbs)})" as {state}' for state, verbs in staying.items()]
    lines += [
        f"    {source} --> {target}: {'<br/>'.join(labels)}" for (source, target), labels in arrows.items()
    ]
    left = {source for verb in lifecycle.verbs.values() for source in verb.sources}
    lines += [f"    {state} --> {_BORN}" for state in lifecycle.states if state not in left]
    return "\n".join(lines)


def _drawn_from(verb: Verb, boxes: dict[tuple[str, ...], str]) -> tuple[str, ...]:
    if len(verb.sources) < _MANY or verb.to is None:
        return verb.sources
    return (boxes.setdefault(verb.sources, f"any{len(boxes) + 1}"),)


def _told(one: Living) -> str:
    rows = ["| verb | from | to | who | may stand in the way |", "|---|---|---|---|---|"]
    for name, verb in one.lifecycle.verbs.items():
        what = (getattr(one.actions, name).__doc__ or "").strip().partition("\n")[0]
        target = phrase(list(verb.targets)) if verb.targets else "the same state"
        guards = ", ".join(f"`{guard.code}`" for guard in verb.guards) or "–"
        who = phrase([role.name for role in verb.who]) if verb.who else "the clock"
        rows.append(f"| **{name}**: {what} | {', '.join(verb.sources)} | {target} | {who} | {guards} |")
    return "\n".join(rows)


def permissions(rooms: Iterable[Room]) -> str:
    """A chapter for each room: every route with the roles and the scope of its policy."""
    return "\n\n".join(chapter for room in rooms for chapter in _permitted(room)) + "\n"


def _permitted(room: Room) -> Iterator[str]:
    shown = [route for route in room.routes if not route.meta.hidden]
    if shown:
        yield f"## {_titled(room.tag)}"
        rows = ["| route | what | who | scope |", "|---|---|---|---|"]
        for route in shown:
            what = (route.endpoint.__doc__ or "").strip().partition("\n")[0]
            rows.append(f"| `{route.meta.method} {route.meta.path}` | {what} | {_who(route.meta)} |")
        yield "\n".join(rows)


def _who(meta: Meta) -> str:
    if meta.is_public:
        return "all, without signing in | –"
    scope = f"`{meta.policy.scope}`" if meta.policy.scope else "–"
    return f"{meta.policy.described} | {scope}"


def _titled(name: str) -> str:
    return name.replace("_", " ").capitalize()
