"""Finding somebody by address, or making them: what an invitation by e-mail does."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from peergroup.kit.context import Context
from peergroup.kit.ids import new_id
from peergroup.kit.text import fold
from peergroup.people.models import Person


async def find_or_make(ctx: Context, *, name: str, email: str) -> Person:
    """The person with this address, whatever its case and the person's state; made if there is none.

    Whoever calls this at the same time with the same address gets the same person. The caller judges who may.
    """
    query = select(Person).where(Person.email_folded == fold(email))
    if (known := await ctx.db.scalar(query)) is not None:
        return known
    dialect = sqlite if ctx.house.database.is_sqlite else postgresql
    statement = (
        dialect.insert(Person)
        .values(
            organization_id=ctx.organization_id,
            id=new_id(),
            name=name,
            name_folded=fold(name),
            email=email,
            email_folded=fold(email),
            state="active",
            created_at=ctx.now,
            updated_at=ctx.now,
            version=1,
        )
        .on_conflict_do_nothing()
        .returning(Person.id)
    )
    made = (await ctx.db.execute(statement)).scalar_one_or_none()
    person = (await ctx.db.scalars(query)).one()
    if made is not None:
        ctx.record("person.created", person)
    return person
