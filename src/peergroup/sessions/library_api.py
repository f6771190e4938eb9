"""Routes of the library: themes and agenda templates."""

from typing import Annotated

from fastapi import Depends, Query

from peergroup.kit.entrance import Ctx
from peergroup.kit.exact import Switch
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page
from peergroup.sessions import library, policy
from peergroup.sessions.library_schemas import (
    TemplateIn,
    TemplateOut,
    TemplatePatch,
    ThemeIn,
    ThemeOut,
    ThemePatch,
)

room = Room("library", "What sessions are about, and runs of show to begin with.")
Pages = Annotated[Paging, Depends(paging)]
Archived = Annotated[Switch, Query(description="The archived ones instead of those on offer.")]


@room.get("/themes", policy.READ_THEMES)
async def list_themes(ctx: Ctx, paging: Pages, archived: Archived = False) -> Page[ThemeOut]:
    """The themes of the library, by name."""
    return await library.list_themes(ctx, paging, archived)


@room.post("/themes", policy.KEEP_LIBRARY, location="/v1/themes/{id}")
async def create_theme(ctx: Ctx, theme: ThemeIn) -> ThemeOut:
    """Add a theme to the library."""
    return ThemeOut.model_validate(await library.add_theme(ctx, theme))


@room.get("/themes/{theme_id}", policy.READ_THEMES)
async def get_theme(ctx: Ctx, theme_id: ResourceId) -> ThemeOut:
    """One theme."""
    return ThemeOut.model_validate(await library.get_theme(ctx, theme_id))


@room.patch("/themes/{theme_id}", policy.KEEP_LIBRARY)
async def update_theme(ctx: Ctx, theme_id: ResourceId, patch: ThemePatch) -> ThemeOut:
    """Change a theme."""
    return ThemeOut.model_validate(await library.change_theme(ctx, theme_id, patch))


@room.get("/agenda-templates", policy.READ_TEMPLATES)
async def list_agenda_templates(ctx: Ctx, paging: Pages, archived: Archived = False) -> Page[TemplateOut]:
    """The agenda templates, by name."""
    return await library.list_templates(ctx, paging, archived)


@room.post("/agenda-templates", policy.KEEP_LIBRARY, location="/v1/agenda-templates/{id}")
async def create_agenda_template(ctx: Ctx, template: TemplateIn) -> TemplateOut:
    """Add an agenda template."""
    return library.template_out(await library.add_template(ctx, template))


@room.get("/agenda-templates/{template_id}", policy.READ_TEMPLATES)
async def get_agenda_template(ctx: Ctx, template_id: ResourceId) -> TemplateOut:
    """One agenda template."""
    return library.template_out(await library.get_template(ctx, template_id))


@room.patch("/agenda-templates/{template_id}", policy.KEEP_LIBRARY)
async def update_agenda_template(ctx: Ctx, template_id: ResourceId, patch: TemplatePatch) -> TemplateOut:
    """Change an agenda template; sessions made from it stay as they are."""
    return library.template_out(await library.change_template(ctx, template_id, patch))
