"""Finding somebody by e-mail, or making them: for whoever names a person that may not be known yet."""

from sqlalchemy import select

from peergroup.kit.context import Context
from peergroup.kit.text import fold
from peergroup.people.models import Person


async def find_or_make(ctx: Context, *, name: str, email: str) -> Person:
    """The person with this address, whatever its spelling; made with this name where there is none."""
    known: Person | None = await ctx.db.scalar(select(Person).where(Person.email_folded == fold(email)))
    if known is not None:
        return known
    person = Person(name=name, email=email, email_folded=fold(email), created_at=ctx.now, updated_at=ctx.now)
    ctx.db.add(person)
    await ctx.db.flush()
    ctx.record("person.created", person)
    return person
