"""The library's storage over one transaction of ours: it speaks SCIM, this finds and changes people and groups."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

from scim2_models import (
    NotImplementedException,
    Resource,
    ResourceType,
    ResponseParameters,
    ScimFilter,
    SearchRequest,
)
from scim2_server.storage import AsyncScimStorage, SearchPage

from peergroup.kit.context import Context
from peergroup.scim import grouping, groups, provisioning, users
from peergroup.scim.filtering import refuse_sprawling
from peergroup.scim.resources import FullUser, Group


class Storage(AsyncScimStorage):
    """Users and groups of one organization, in the transaction of one request."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.is_one_of_many = False
        """Within a bulk request: an operation that fails takes back only what it did itself."""
        self._held: dict[str, Any] = {}
        """What `get` has locked, for the change that follows."""

    async def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        """One resource; held against changes by others where this request is one that changes."""
        lock = response_parameters is None
        known: Any
        if resource_type.name == "User":
            known = await users.find(self.ctx, resource_id, lock=lock)
            shown: Resource[Any] = users.show(known)
        else:
            listed = _wants(response_parameters, "members")
            known = await groups.find(self.ctx, resource_id, lock=lock, members=listed)
            shown = groups.show(known)
        self._held[str(shown.id)] = known
        return shown

    def written_by_the_directory(self, user_id: str) -> list[str]:
        """What the directory ever wrote of the profile of a user whom `get` has locked."""
        given: list[str] = self._held[user_id].link.given
        return given

    async def search(
        self,
        resource_types: list[ResourceType],
        search_request: SearchRequest[Any],
        *,
        position: Any = None,
    ) -> SearchPage:
        """A page; over both types, the users come before the groups."""
        if search_request.sort_by is not None and len(resource_types) > 1:
            raise NotImplementedException(detail="Sort users and groups each by themselves")
        offset = (search_request.start_index or 1) - 1
        wanted = search_request.count or 0
        total, found = 0, list[Resource[Any]]()
        for resource_type in resource_types:
            some, matching = await self._look(
                resource_type.name or "", search_request, max(offset - total, 0), wanted - len(found)
            )
            found += some
            total += matching
        return SearchPage(total, found)

    async def _look(
        self, name: str, search: SearchRequest[Any], offset: int, limit: int
    ) -> tuple[list[Any], int]:
        """What there is of one type from an offset on, and how many there are in all."""
        if search.filter is not None:
            refuse_sprawling(str(search.filter))
        if name == "User":
            condition, order = users.matching(_bound(FullUser, search)), users.order(search)
            total = await users.count(self.ctx, condition)
            if total <= offset or limit <= 0:
                return [], total
            return list(await users.some(self.ctx, condition, order, offset, limit)), total
        condition, order = groups.matching(_bound(Group, search)), groups.order(search)
        total = await groups.count(self.ctx, condition)
        if total <= offset or limit <= 0:
            return [], total
        listed = _wants(search, "members")
        return list(await groups.some(self.ctx, condition, order, offset, limit, members=listed)), total

    async def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """Bring in a person, or found a group."""
        if resource_type.name == "User":
            return users.show(await provisioning.create(self.ctx, cast("FullUser", resource)))
        return groups.show(await grouping.create(self.ctx, cast("Group", resource)))

    async def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        """Change what `get` has locked: nobody else can have changed it in between."""
        known = self._held.pop(str(resource.id))
        if resource_type.name == "User":
            return users.show(await provisioning.change(self.ctx, known, cast("FullUser", resource)))
        return groups.show(await grouping.change(self.ctx, known, cast("Group", resource)))

    async def delete(
        self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None
    ) -> None:
        """Take out a person, or close a group, which `get` has locked."""
        taken_out = provisioning.drop if resource_type.name == "User" else grouping.drop
        await taken_out(self.ctx, self._held.pop(str(UUID(resource_id))))

    @asynccontextmanager
    async def _savepoint(self) -> AsyncIterator[None]:
        recorded = len(self.ctx.facts)
        try:
            async with self.ctx.db.begin_nested():
                yield
        except BaseException:
            del self.ctx.facts[recorded:]
            raise

    @asynccontextmanager
    async def operation(self) -> AsyncIterator[None]:
        """Around one operation."""
        if self.is_one_of_many:
            async with self._savepoint():
                yield
        else:
            yield


def _bound(model: Any, search: SearchRequest[Any]) -> ScimFilter[Any] | None:
    return None if search.filter is None else ScimFilter[model](str(search.filter))


def _wants(asked: ResponseParameters[Any] | None, attribute: str) -> bool:
    """Whether an answer shows an attribute."""
    if asked is None:
        return True
    named = [str(path).lower().rpartition(":")[2].partition(".")[0] for path in asked.attributes or ()]
    left_out = [str(path).lower().rpartition(":")[2] for path in asked.excluded_attributes or ()]
    return (not named or attribute in named) and attribute not in left_out
