"""What sessions hold of a person, and how it goes when they are forgotten."""

from uuid import UUID

from sqlalchemy import update

from peergroup.kit.context import Context
from peergroup.people import personal_data
from peergroup.sessions.models import Attendance


async def remove(ctx: Context, person_id: UUID, _words: str) -> int:
    """Notes about the person go in any case; that a former member came or was absent stays, as a figure."""
    gone = await ctx.db.execute(
        update(Attendance)
        .where(Attendance.person_id == person_id, Attendance.note.is_not(None))
        .values(note=None)
        .returning(Attendance.session_id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


personal_data.register(
    "attendance notes",
    holds="Whether the person said they would come to a session, whether they came, and notes about that.",
    remove=remove,
)
