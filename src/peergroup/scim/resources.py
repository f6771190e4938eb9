"""What SCIM clients see: users, groups, and what this service can do (RFC 7643). Exactly what is stored, no more.

Attributes that are not named here are taken and dropped: directories send what they have.
"""

from typing import Annotated, Any, TypeAlias

from pydantic import Field
from scim2_models import (
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    Mutability,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    Returned,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)
from scim2_models.resources.resource import AnyExtension
from scim2_models.urn import URN

from peergroup.kit.routing import MEGABYTE

MOST_RESULTS, MOST_OPERATIONS = 200, 100


class Name(ComplexAttribute):
    """The parts of a person's name, as the directory has them."""

    formatted: str | None = None
    """The full name."""

    family_name: str | None = None
    """The family name."""

    given_name: str | None = None
    """The given name."""


class Email(ComplexAttribute):
    """The one address that a person has here."""

    value: str | None = None
    """The address; unique in the organization, whatever its case."""

    type: str | None = Field(None, examples=["work", "home", "other"])
    """What it is for."""

    primary: bool | None = None
    """Whether this is the address to use: of several, this one is kept, else the one for work, else the first."""


class User(Resource[AnyExtension]):
    """A person whom the directory brought in."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    """What the directory signs the person in with; unique in the organization, whatever its case."""

    name: Name | None = None
    """The parts of the name."""

    display_name: str | None = None
    """The name by which their groups know the person."""

    title: str | None = None
    """What they are at work."""

    timezone: str | None = Field(None, examples=["Europe/Berlin", "America/New_York", "Asia/Tokyo"])
    """IANA time zone."""

    active: bool | None = None
    """False: every credential ends at once, and memberships are suspended. True lets the person in again,
    without credentials and memberships."""

    emails: list[Email] | None = None
    """The address."""


class EnterpriseUser(Extension):
    """Where people work."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    organization: str | None = None
    """Name of the company; people of one company count as connected. One that is not known yet is added."""


class GroupMember(ComplexAttribute):
    """Somebody with a live membership."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    """The id of the user."""

    ref: Annotated[Reference["User"] | None, Mutability.immutable] = Field(  # type: ignore[type-arg]  # read by name
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the user; missing where the directory does not know the person."""

    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])
    """Always User."""

    display: Annotated[str | None, Mutability.read_only, Returned.request] = None
    """The name of the person, for whoever asks for `members.display`."""


class Group(Resource[Any]):
    """A peer group that the directory founded."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true] = None
    """The name of the group."""

    members: list[GroupMember] | None = None
    """Everybody with a live membership, guests of a single session left out. Who is added is invited; who is
    taken out is removed."""


FullUser: TypeAlias = User[EnterpriseUser]
CONFIG = ServiceProviderConfig(
    patch=Patch(supported=True),
    bulk=Bulk(supported=True, max_operations=MOST_OPERATIONS, max_payload_size=MEGABYTE),
    filter=Filter(supported=True, max_results=MOST_RESULTS),
    change_password=ChangePassword(supported=False),
    sort=Sort(supported=True),
    etag=ETag(supported=True),
    authentication_schemes=[
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="Service key",
            description="A service key of the organization with the scope 'scim', sent as a bearer token.",
            primary=True,
        )
    ],
)
TOLERANT = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
"""What Okta and Entra ID send besides what the standard says."""
PROVIDER = ScimProvider(
    models=[User, EnterpriseUser, Group],
    resource_types=[ResourceType.from_resource(FullUser), ResourceType.from_resource(Group)],
    config=CONFIG,
    policy=TOLERANT,
)
