"""The fields by which people are described on the wire, each declared once."""

from typing import Annotated, Literal

from pydantic import Field

from peergroup.kit.text import Email, Key, Line, Note, Tags
from peergroup.kit.time import TimeZone

Name = Annotated[Line, Field(description="Full name.", examples=["Ada Lovelace"])]
Address = Annotated[
    Email | None,
    Field(
        description="E-mail address; unique in the organization whatever its case. Without one a person "
        "cannot sign in.",
        examples=["ada@example.com"],
    ),
]
CompanyName = Annotated[
    Line | None,
    Field(
        description="Name of the company; one that is not known yet is added.",
        examples=["Analytical Engines"],
    ),
]
JobTitle = Annotated[Line | None, Field(description="What they are at work.", examples=["Chief Engineer"])]
Level = Annotated[
    Line | None, Field(description="Level of responsibility, for parity in a group.", examples=["founder"])
]
Industry = Annotated[Line | None, Field(description="Industry.", examples=["Mechanical engineering"])]
Zone = Annotated[TimeZone | None, Field(description="IANA time zone.", examples=["Europe/London"])]
ZoneOfGenius = Annotated[
    Note | None,
    Field(description="What they do best, in their words.", examples=["Seeing what a machine could do."]),
]
Offers = Annotated[Tags | None, Field(description="What they can help with.", examples=[["fundraising"]])]
Needs = Annotated[Tags | None, Field(description="What they look for.", examples=[["a first sales hire"]])]
Gaps = Annotated[Tags | None, Field(description="What they are weak in.", examples=[["delegation"]])]
Ideals = Annotated[Tags | None, Field(description="What matters to them.", examples=[["candour"]])]
ShowEmail = Annotated[
    bool | None, Field(description="Whether the people of their groups see the address.", examples=[True])
]
Source = Annotated[Key, Field(description="Which system the reference comes from.", examples=["hubspot"])]
ExternalId = Annotated[
    Line, Field(description="How that system calls the person; case matters.", examples=["10101"])
]
State = Literal["active", "deactivated", "merged", "erased"]
OrganizationRole = Literal["owner", "admin"]
