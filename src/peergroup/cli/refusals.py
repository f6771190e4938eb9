"""What went wrong, as one line that says what to do next, with the exit code that belongs to it."""

import os
import sys
from typing import Any

REJECTED, USAGE, UNREACHABLE = 1, 2, 3


class Refusal(Exception):
    """A command will not or cannot do it: what is the matter, and the next step."""

    def __init__(self, what: str, next_step: str = "", *, code: int = REJECTED) -> None:
        super().__init__(f"{what} {next_step}".strip())
        self.code = code


def complain(error: Exception) -> int:
    """Print one line about the failure to standard error, and give the exit code."""
    refusal = error if isinstance(error, Refusal) else explain(error)
    print(f"peergroup: {refusal}", file=sys.stderr)
    if refusal.__cause__ is not None and os.environ.get("PEERGROUP_LOG_LEVEL") == "debug":
        raise refusal.__cause__
    return refusal.code


def explain(error: Exception) -> Refusal:
    """The refusal behind an exception of the service, the database or the machine."""
    # What has not been imported cannot have raised: the libraries are only asked for after a failure.
    from alembic.util import CommandError
    from pydantic import ValidationError
    from sqlalchemy.exc import DBAPIError

    from peergroup.kit.migrating import MigrationRefused
    from peergroup.kit.problems import Problem

    if isinstance(error, Problem):
        return Refusal(error.detail, error.kind.remedy)
    if isinstance(error, ValidationError):
        return Refusal(_settings(error), "See 'peergroup settings --help'.", code=USAGE)
    if isinstance(error, MigrationRefused | ValueError | CommandError):
        return Refusal(str(error), code=REJECTED if isinstance(error, MigrationRefused) else USAGE)
    if isinstance(error, DBAPIError):
        return _database(error)
    if isinstance(error, OSError):
        return Refusal(f"{error.strerror or error}.", "Is the database or server running?", code=UNREACHABLE)
    refusal = Refusal(
        f"{type(error).__name__}, which should not happen.",
        "Repeat with PEERGROUP_LOG_LEVEL=debug and report what it prints.",
    )
    refusal.__cause__ = error
    return refusal


def _settings(error: object) -> str:
    found: list[dict[str, Any]] = getattr(error, "errors", list)()
    said = [
        f"PEERGROUP_{'_'.join(str(part) for part in item['loc']).upper()}: {item['msg']}" for item in found
    ]
    return "; ".join(said) + "."


def _database(error: Exception) -> Refusal:
    """What the database said, without the statement: it may hold what somebody wrote."""
    said = str(getattr(error, "orig", error)).strip().splitlines()[0].rpartition(">: ")[2]
    refusal = Refusal(
        f"The database says: {said}.",
        "Check PEERGROUP_DATABASE_URL and 'peergroup migrate'.",
        code=UNREACHABLE if "unable to open" in said else REJECTED,
    )
    refusal.__cause__ = error
    return refusal
