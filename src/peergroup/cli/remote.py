"""Speaking to a service over HTTP, with `PEERGROUP_URL` and `PEERGROUP_TOKEN`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from peergroup.cli.refusals import REJECTED, UNREACHABLE, USAGE, Refusal
from peergroup.client import ConnectionFailed, Peergroup, PeergroupError, Problem, Unauthenticated

PATIENCE = 600.0
"""Seconds for each part of an exchange: a large import is applied in one."""


@contextmanager
def service() -> Iterator[Peergroup]:
    """The service that the environment names. Every failure becomes a `Refusal` in words."""
    token = os.environ.get("PEERGROUP_TOKEN")
    if not token:
        raise Refusal(
            "PEERGROUP_TOKEN is not set.",
            "Make a key with 'peergroup keys make' and put it there.",
            code=USAGE,
        )
    address = os.environ.get("PEERGROUP_URL", "http://localhost:8000")
    with Peergroup(address, token=token, timeout=PATIENCE) as client:
        try:
            yield client
        except PeergroupError as error:
            raise _refusal(error) from error


def _refusal(error: PeergroupError) -> Refusal:
    if isinstance(error, ConnectionFailed):
        return Refusal(str(error), "Is the service running, and PEERGROUP_URL right?", code=UNREACHABLE)
    if not isinstance(error, Problem):
        return Refusal(str(error))
    said = " ".join([error.detail, *(one.detail for one in error.errors)])
    if isinstance(error, Unauthenticated):
        return Refusal(
            said, "Make a key with 'peergroup keys make' and put it into PEERGROUP_TOKEN.", code=USAGE
        )
    # Without a code it was not the service that answered, but something on the way to it.
    return Refusal(said, code=UNREACHABLE if error.status >= 500 or error.code == "unknown" else REJECTED)
