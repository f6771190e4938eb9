"""People and documents for the tests of the rules."""

from pathlib import Path
from uuid import UUID

from peergroup.facilitation.document import read
from peergroup.facilitation.library import builtin, builtin_keys
from peergroup.facilitation.protocol import Protocol

DOCUMENTS = Path(__file__).parent / "documents"


def some_people(count: int) -> tuple[UUID, ...]:
    """So many people, in a fixed order."""
    return tuple(UUID(int=number) for number in range(1, count + 1))


def a_document(name: str) -> Protocol:
    """A method of the house, or one that is written only as YAML, beside the tests."""
    if name in builtin_keys():
        return builtin(name)
    path = DOCUMENTS / f"{name}.yaml"
    return read(path.read_text(encoding="utf-8"), source=path.name)


def a_protocol(*phases: str, **top: str) -> str:
    """The text of a small method; each phase is the inside of a flow mapping, without key and title."""
    lines = [f"{key}: {value}" for key, value in {"key": "trial", "title": "Trial", **top}.items()]
    lines.append("phases:")
    for number, phase in enumerate(phases, start=1):
        lines.append(f"  - {{key: p{number}, title: Phase, minutes: 5{', ' if phase else ''}{phase}}}")
    return "\n".join(lines)
