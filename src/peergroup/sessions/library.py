"""The organization's library: themes and agenda templates."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups import templates
from peergroup.groups.models import Membership
from peergroup.groups.standing import MODERATORS
from peergroup.kit.context import Context, get
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import CONFLICT, Problem
from peergroup.kit.text import fold
from peergroup.kit.wire import Page
from peergroup.sessions import policy
from peergroup.sessions.library_schemas import (
    TemplateIn,
    TemplateOut,
    TemplatePatch,
    ThemeIn,
    ThemeOut,
    ThemePatch,
)
from peergroup.sessions.models import AgendaTemplate, Theme


@dataclass(frozen=True, slots=True)
class Librarian:
    """What the actor is in the organization's groups, as far as the library asks."""

    is_admin: bool
    leads: bool
    belongs: bool


async def librarian(ctx: Context) -> Librarian:
    """One statement; service keys and strangers to every group are nothing here."""
    query = select(Membership.role, Membership.state).where(
        Membership.person_id == ctx.principal.person_id,
        Membership.state.in_(("active", "on_leave")),
        Membership.role != "guest",
    )
    found = (await ctx.db.execute(query.distinct())).all()
    leads = any(role in MODERATORS and state == "active" for role, state in found)
    return Librarian(ctx.principal.is_admin, leads=leads, belongs=bool(found))


async def list_themes(ctx: Context, paging: Paging, archived: bool) -> Page[ThemeOut]:
    """The themes by name."""
    ctx.require(policy.READ_THEMES, await librarian(ctx))
    statement = select(Theme).where(Theme.archived == archived)
    rows, following = await page(ctx, statement, paging, by=[Theme.title_folded, Theme.id])
    return Page[ThemeOut](items=[ThemeOut.model_validate(row.Theme) for row in rows], next_cursor=following)


async def get_theme(ctx: Context, theme_id: UUID) -> Theme:
    """One theme."""
    ctx.require(policy.READ_THEMES, await librarian(ctx))
    return await get(ctx, Theme, theme_id)


async def add_theme(ctx: Context, given: ThemeIn) -> Theme:
    """Add a theme to the library; titles are unique."""
    ctx.require(policy.KEEP_LIBRARY, await librarian(ctx))
    await _refuse_title(ctx, given.title, None)
    theme = Theme(title=given.title, description=given.description, archived=False, created_at=ctx.now)
    ctx.db.add(theme)
    await ctx.db.flush()
    ctx.record("theme.added", theme)
    return theme


async def change_theme(ctx: Context, theme_id: UUID, patch: ThemePatch) -> Theme:
    """Change a theme."""
    ctx.require(policy.KEEP_LIBRARY, await librarian(ctx))
    theme = await get(ctx, Theme, theme_id, lock=True)
    ctx.expect(theme)
    sent = patch.model_dump(exclude_unset=True)
    if sent.get("title"):
        await _refuse_title(ctx, sent["title"], theme.id)
    await _change(ctx, theme, sent, records="theme.changed")
    return theme


async def _refuse_title(ctx: Context, title: str, own: UUID | None) -> None:
    query = select(Theme.id).where(Theme.title_folded == fold(title), Theme.id != own)
    if (other := await ctx.db.scalar(query)) is not None:
        raise Problem(CONFLICT, "There is a theme of this name already.", theme_id=str(other))


async def list_templates(ctx: Context, paging: Paging, archived: bool) -> Page[TemplateOut]:
    """The agenda templates by name."""
    ctx.require(policy.READ_TEMPLATES, await librarian(ctx))
    statement = select(AgendaTemplate).where(AgendaTemplate.archived == archived)
    by = [AgendaTemplate.title_folded, AgendaTemplate.id]
    rows, following = await page(ctx, statement, paging, by=by)
    items = [template_out(row.AgendaTemplate) for row in rows]
    return Page[TemplateOut](items=items, next_cursor=following)


async def get_template(ctx: Context, template_id: UUID) -> AgendaTemplate:
    """One agenda template."""
    ctx.require(policy.READ_TEMPLATES, await librarian(ctx))
    return await get(ctx, AgendaTemplate, template_id)


async def has_template(ctx: Context, template_id: UUID) -> bool:
    """Whether there is such a template."""
    return await ctx.db.scalar(select(AgendaTemplate.id).where(AgendaTemplate.id == template_id)) is not None


templates.register(has_template)


async def add_template(ctx: Context, given: TemplateIn) -> AgendaTemplate:
    """Add an agenda template to the library."""
    ctx.require(policy.KEEP_LIBRARY, await librarian(ctx))
    segments = [one.model_dump() for one in given.segments]
    template = AgendaTemplate(title=given.title, segments=segments, archived=False, created_at=ctx.now)
    ctx.db.add(template)
    await ctx.db.flush()
    ctx.record("agenda_template.added", template)
    return template


async def change_template(ctx: Context, template_id: UUID, patch: TemplatePatch) -> AgendaTemplate:
    """Change an agenda template; sessions made from it stay as they are."""
    ctx.require(policy.KEEP_LIBRARY, await librarian(ctx))
    template = await get(ctx, AgendaTemplate, template_id, lock=True)
    ctx.expect(template)
    sent = patch.model_dump(exclude_unset=True)
    await _change(ctx, template, sent, records="agenda_template.changed")
    return template


async def _change(ctx: Context, thing: Any, sent: dict[str, Any], *, records: str) -> None:
    for name, value in sent.items():
        setattr(thing, name, value)
    if sent:
        ctx.record(records, thing, changed=sorted(sent))
    await ctx.db.flush()


def template_out(template: AgendaTemplate) -> TemplateOut:
    """The wire form."""
    return TemplateOut.model_validate(
        {
            "id": template.id,
            "title": template.title,
            "segments": template.segments,
            "minutes": sum(one["minutes"] for one in template.segments),
            "archived": template.archived,
            "created_at": template.created_at,
            "version": template.version,
        }
    )
