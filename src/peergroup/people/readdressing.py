"""An address that somebody else changed: told apart, because whoever reads the new mailbox signs in as the person."""

from uuid import UUID

from peergroup.kit.context import Context
from peergroup.kit.text import mailbox

CHANGED = "person.address_changed"


def note_address(ctx: Context, person_id: UUID, before: str | None, after: str | None) -> None:
    """Record that somebody is reached at another mailbox now, or at one at last, unless they did it themselves."""
    if person_id != ctx.principal.person_id and mailbox(before) != mailbox(after):
        ctx.record(CHANGED, person_id)
