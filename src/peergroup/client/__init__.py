"""The Python client: `from peergroup.client import Peergroup, AsyncPeergroup`.

It speaks HTTP and imports nothing of the service. Names are looked up when they are asked for, so that importing
this package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peergroup.client.asking import ABSENT as ABSENT
    from peergroup.client.asking import Absent as Absent
    from peergroup.client.asynchronous import AsyncPeergroup as AsyncPeergroup
    from peergroup.client.credentials import Rotating as Rotating
    from peergroup.client.credentials import Tokens as Tokens
    from peergroup.client.pages import AsyncPage as AsyncPage
    from peergroup.client.pages import Page as Page
    from peergroup.client.problems import Busy as Busy
    from peergroup.client.problems import Conflict as Conflict
    from peergroup.client.problems import ConnectionFailed as ConnectionFailed
    from peergroup.client.problems import Forbidden as Forbidden
    from peergroup.client.problems import Gone as Gone
    from peergroup.client.problems import GuardFailed as GuardFailed
    from peergroup.client.problems import Invalid as Invalid
    from peergroup.client.problems import InvalidTransition as InvalidTransition
    from peergroup.client.problems import NotFound as NotFound
    from peergroup.client.problems import PeergroupError as PeergroupError
    from peergroup.client.problems import PreconditionRequired as PreconditionRequired
    from peergroup.client.problems import Problem as Problem
    from peergroup.client.problems import RateLimited as RateLimited
    from peergroup.client.problems import ServiceFailed as ServiceFailed
    from peergroup.client.problems import Stale as Stale
    from peergroup.client.problems import TimedOut as TimedOut
    from peergroup.client.problems import Unauthenticated as Unauthenticated
    from peergroup.client.records import NotChanged as NotChanged
    from peergroup.client.records import Record as Record
    from peergroup.client.retrying import Retry as Retry
    from peergroup.client.streams import AsyncEventStream as AsyncEventStream
    from peergroup.client.streams import EventStream as EventStream
    from peergroup.client.synchronous import Peergroup as Peergroup

_HOMES = {
    "asking": ("ABSENT", "Absent"),
    "asynchronous": ("AsyncPeergroup",),
    "credentials": ("Rotating", "Tokens"),
    "pages": ("AsyncPage", "Page"),
    "problems": (
        "Busy",
        "Conflict",
        "ConnectionFailed",
        "Forbidden",
        "Gone",
        "GuardFailed",
        "Invalid",
        "InvalidTransition",
        "NotFound",
        "PeergroupError",
        "PreconditionRequired",
        "Problem",
        "RateLimited",
        "ServiceFailed",
        "Stale",
        "TimedOut",
        "Unauthenticated",
    ),
    "records": ("NotChanged", "Record"),
    "retrying": ("Retry",),
    "streams": ("AsyncEventStream", "EventStream"),
    "synchronous": ("Peergroup",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*_HOME_OF, *(name for name in globals() if name.startswith("__"))])
