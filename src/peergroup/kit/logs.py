"""Logging: one line per event as JSON, never a token, a body or an address with a secret in it."""

import logging
import sys
import traceback
from collections.abc import Iterator

import structlog


def where_it_broke(error: BaseException) -> str:
    """The kinds of an error and of those behind it, and the way it took: everything but what it says.

    Its own words may be somebody's: many an error quotes the value that it refuses.
    """
    kinds = " < ".join(type(one).__name__ for one in _chain(error))
    return f"{kinds}\n{''.join(traceback.format_tb(error.__traceback__))}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def start_logging(level: str) -> None:
    """Send the standard library's and our own records to standard error as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("uvicorn.access").disabled = True
    for name in ("httpx", "httpcore"):
        # They write down each address they ask, and there are addresses with a secret in them.
        logging.getLogger(name).setLevel(logging.WARNING)
