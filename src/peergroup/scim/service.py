"""The library's protocol, with what is ours: when a change answers with the resource, and what a failure is."""

from http import HTTPStatus
from typing import Any

from scim2_models import Error, Resource, ResourceType, ResponseParameters, SCIMException, SearchRequest
from scim2_models.context import Context as Pass
from scim2_server.conditions import Conditions
from scim2_server.handler import AsyncScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.service import ScimService
from sqlalchemy.exc import IntegrityError

from peergroup.kit.problems import CONFLICT, Problem
from peergroup.scim import profiles
from peergroup.scim.refusals import error_of
from peergroup.scim.resources import PROVIDER
from peergroup.scim.storage import Storage

FURTHEST = 2**31


class Service(ScimService):
    """What the protocol leaves open."""

    def patch_response(
        self, base_url: str, resource: Resource[Any], response_parameters: ResponseParameters[Any]
    ) -> ScimResponse:
        """Users are answered in full, as Okta expects it; groups, whose members may be many, with 204."""
        asks = response_parameters.attributes or response_parameters.excluded_attributes
        if asks or self.get_resource_type_of(resource).name != "User":
            return super().patch_response(base_url, resource, response_parameters)
        published = self.publish(base_url, resource)
        return self.resource_response(published, Pass.RESOURCE_REPLACEMENT_RESPONSE, response_parameters)

    def read_search(self, resource_types: list[ResourceType], payload: Any) -> tuple[SearchRequest[Any], Any]:
        """A search; where it begins is bounded, as no database counts further."""
        search, position = super().read_search(resource_types, payload)
        search.start_index = min(search.start_index or 1, FURTHEST)
        return search, position

    @staticmethod
    def error_of(exception: Exception) -> Error:
        """A failed operation of a bulk request."""
        if isinstance(exception, IntegrityError):
            exception = Problem(CONFLICT, "Somebody else was there first.")
        return error_of(exception) if isinstance(exception, Problem) else ScimService.error_of(exception)

    def bulk_failure(self, outcome: dict[str, Any], exception: Exception) -> dict[str, Any]:
        """What is wrong with one operation is its outcome; what is wrong with us ends the whole request."""
        is_theirs = (
            isinstance(exception, Problem) and exception.kind.status < HTTPStatus.INTERNAL_SERVER_ERROR
        )
        if not (is_theirs or isinstance(exception, SCIMException | IntegrityError)):
            raise exception
        return super().bulk_failure(outcome, exception)


class Handler(AsyncScimHandler):
    """One request over one storage."""

    storage: Storage

    async def replace_resource(
        self,
        resource_type: ResourceType,
        current: Resource[Any],
        replacement: Resource[Any],
        conditions: Conditions,
    ) -> Resource[Any]:
        """Apply a PUT. What it leaves out is cleared only where the directory wrote it; members stay."""
        given: Any = replacement
        if resource_type.name == "User":
            theirs = self.storage.written_by_the_directory(str(current.id))
            profiles.keep_what_is_not_theirs(given, current, theirs)  # type: ignore[arg-type]  # by its type
        elif given.members is None:
            given.members = current.members  # type: ignore[attr-defined]  # by its type
        return await super().replace_resource(resource_type, current, replacement, conditions)

    async def bulk(self, request: ScimRequest) -> ScimResponse:
        """Each operation in a savepoint of its own."""
        self.storage.is_one_of_many = True
        return await super().bulk(request)


SERVICE = Service(PROVIDER)
