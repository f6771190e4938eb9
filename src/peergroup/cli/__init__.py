"""The command line: `peergroup <command>`. A command's module is imported when it is called, and not before."""

import sys


def main() -> None:
    """Run the command that the arguments name, and end with its exit code: 0, 1, 2 or 3."""
    from peergroup.cli.commands import overview

    words = sys.argv[1:]
    if words in ([], ["--help"], ["-h"]):
        print(overview())
        return
    from peergroup.cli.running import run

    sys.exit(run(words))
