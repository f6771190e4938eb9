"""What a type checker makes of the client: right usage passes, and each mistake is found."""

import re
import subprocess
import sys
from pathlib import Path

from tests.matrix.source import ROOT

USAGE = Path(__file__).with_name("usage.py")


GUIDE = ROOT / "docs" / "client.md"
IN_HAND = """\
from typing import Protocol
from peergroup.client import Peergroup, Tokens

class Store(Protocol):
    def write(self, tokens: Tokens) -> None: ...
    def read(self) -> Tokens: ...

GROUP: str
SESSION: str
crm: Peergroup
store: Store

"""
"""What a reader of the guide has, besides what it says."""


def mistakes(file: Path, cache: Path, *how: str) -> dict[int, str]:
    """What mypy finds wrong in a file, by line."""
    words = [
        "--cache-dir",
        str(cache),
        "--config-file",
        "",
        "--follow-imports",
        "silent",
        "--no-error-summary",
        *how,
    ]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *words, str(file)],
        cwd=ROOT / "src",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return {
        int(line): said for line, said in re.findall(r"^\S+:(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    }


def test_right_usage_passes_and_wrong_usage_is_refused_where_it_is_wrong(tmp_path: Path) -> None:
    found = mistakes(USAGE, tmp_path, "--strict")
    expected = {
        number: line.partition("# wrong: ")[2]
        for number, line in enumerate(USAGE.read_text(encoding="utf-8").splitlines(), 1)
        if "# wrong: " in line
    }
    assert found.keys() == expected.keys(), found
    assert [found[number] for number, why in expected.items() if why not in found[number]] == []


def test_the_examples_of_the_guide_pass(tmp_path: Path) -> None:
    blocks = re.findall(
        r"^```python\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    file = tmp_path / "guide.py"
    file.write_text(IN_HAND + "".join(blocks), encoding="utf-8")
    assert mistakes(file, tmp_path, "--check-untyped-defs") == {}
