"""What a type checker makes of the client: right usage passes, and each mistake is found."""

import re
import subprocess
import sys
from pathlib import Path

from tests.matrix.source import ROOT

USAGE = Path(__file__).with_name("usage.py")


def test_right_usage_passes_and_wrong_usage_is_refused_where_it_is_wrong(tmp_path: Path) -> None:
    strictly = ["--strict", "--cache-dir", str(tmp_path), "--config-file", "", "--follow-imports", "silent"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *strictly, "--no-error-summary", str(USAGE)],
        cwd=ROOT / "src",
        capture_output=True,
        text=True,
        check=False,
    )
    found = {
        int(line): said for line, said in re.findall(r"^\S+:(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    }
    expected = {
        number: line.partition("# wrong: ")[2]
        for number, line in enumerate(USAGE.read_text(encoding="utf-8").splitlines(), 1)
        if "# wrong: " in line
    }
    assert found.keys() == expected.keys(), done.stdout + done.stderr
    assert [found[number] for number, why in expected.items() if why not in found[number]] == []
