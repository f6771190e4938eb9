"""Writing onto a person what was sent about them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from peergroup.kit.context import Context
from peergroup.kit.problems import Problem, invalid
from peergroup.people.companies import named
from peergroup.people.models import Company, Person
from peergroup.people.problems import EMAIL_TAKEN

WHEN_CLEARED: dict[str, Any] = {"show_email": False, "offers": [], "needs": [], "gaps": [], "values": []}
"""What null means for fields that are never null in the database."""
TOMBSTONE: dict[str, Any] = WHEN_CLEARED | dict.fromkeys(
    (
        "email",
        "organization_role",
        "company_id",
        "job_title",
        "level",
        "industry",
        "time_zone",
        "zone_of_genius",
    )
)


async def describe(ctx: Context, person: Person, sent: dict[str, Any]) -> list[str]:
    """Set what was sent, where it says something new; gives the names of the fields that changed."""
    wanted = dict(sent)
    if "name" in wanted and wanted["name"] is None:
        raise invalid("/name", "cannot be cleared")
    with ctx.db.no_autoflush:
        if "company" in wanted:
            wanted["company_id"] = await _company_named(ctx, wanted.pop("company"))
        elif wanted.get("company_id") is not None:
            await _require_company(ctx, wanted["company_id"])
        changed = []
        for field, value in wanted.items():
            stored = WHEN_CLEARED[field] if value is None and field in WHEN_CLEARED else value
            if getattr(person, field) != stored:
                setattr(person, field, stored)
                changed.append("company" if field == "company_id" else field)
        if "email" in changed:
            await _refuse_taken(ctx, person)
    return sorted(changed)


async def _company_named(ctx: Context, name: str | None) -> Any:
    return None if name is None else next(iter((await named(ctx, [name])).values()))


async def _require_company(ctx: Context, company_id: Any) -> None:
    if await ctx.db.scalar(select(Company.id).where(Company.id == company_id)) is None:
        raise invalid("/company_id", "is no company known here")


async def _refuse_taken(ctx: Context, person: Person) -> None:
    if person.email_folded is None:
        return
    query = select(Person.id).where(Person.email_folded == person.email_folded)
    holder = await ctx.db.scalar(query)
    if holder is not None and holder != person.id:
        raise Problem(EMAIL_TAKEN, "Another person has this e-mail address.", candidate_id=str(holder))


async def store(ctx: Context, person: Person) -> None:
    """Flush a person; where somebody else got the address at the same time, that is the same refusal."""
    try:
        await ctx.db.flush()
    except IntegrityError as error:
        raise Problem(EMAIL_TAKEN, "Another person got this e-mail address at the same time.") from error
