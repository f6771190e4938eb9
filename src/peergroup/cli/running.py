"""How a command line becomes a command, and its failure one line and an exit code."""

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from peergroup import __version__
from peergroup.cli.commands import ABOUT, CODES, COMMANDS
from peergroup.cli.refusals import USAGE, Refusal, complain


def build() -> App:
    """The command line with every command registered, none of them imported."""
    app = App(
        name="peergroup",
        help=ABOUT,
        help_epilogue=CODES,
        help_format="plaintext",
        version=__version__,
        print_error=False,
        exit_on_error=False,
        result_action="return_int_as_exit_code_else_zero",
    )
    for name, place, does in COMMANDS:
        app.command(f"peergroup.cli.{place}", name=name, help=does)
    return app


def run(words: Sequence[str]) -> int:
    """Run one command line. Failures become one line on standard error and an exit code, never a traceback."""
    try:
        return int(build()(list(words)))
    except CycloptsError as error:
        return complain(
            Refusal(" ".join(str(error).split()), f"See 'peergroup {words[0]} --help'.", code=USAGE)
        )
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read this has heard enough: `peergroup schema season | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        return complain(error)
