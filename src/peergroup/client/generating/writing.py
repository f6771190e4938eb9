"""What is generated, put into the form of this project, and compared with what is checked in."""

import subprocess
import sys
import tempfile
from pathlib import Path

from peergroup.client.generating import classes, rooms
from peergroup.client.generating.contract import read
from peergroup.client.generating.naming import attribute

CLIENT = Path(__file__).parents[1]
ROOT = CLIENT.parents[2]
CONTRACT = ROOT / "openapi" / "openapi.json"


def files(contract: Path) -> dict[str, str]:
    """Each generated file's path below the client, and its text as it is checked in."""
    known = read(contract)
    texts = {
        "answers.py": classes.answers(known),
        "inputs.py": classes.inputs(known),
        "rooms/__init__.py": rooms.everything(known),
    }
    for tag, operations in known.by_tag().items():
        texts[f"rooms/{attribute(tag)}.py"] = rooms.room(known, tag, operations)
    return formatted(texts)


def formatted(texts: dict[str, str]) -> dict[str, str]:
    """The same, as ruff writes it: imports in order, none without need."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        for name, text in texts.items():
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            (there / name).write_text(text, encoding="utf-8")
        # A room that is new is ours, too, although it is not there yet: the order of imports must not depend on it.
        ours = 'lint.isort.known-first-party = ["peergroup"]'
        settings = [
            "--config",
            str(ROOT / "pyproject.toml"),
            "--config",
            ours,
            "--no-cache",
            "--quiet",
            folder,
        ]
        for command in (["check", "--fix", "--select", "I,F401"], ["format"]):
            ruff = [sys.executable, "-m", "ruff", *command, *settings]
            subprocess.run(ruff, check=True)  # noqa: S603 - the words are all ours
        return {name: (there / name).read_text(encoding="utf-8") for name in texts}


def write(contract: Path) -> None:
    """Write all of them, and remove what a tag that is gone has left."""
    texts = files(contract)
    for name, text in texts.items():
        (CLIENT / name).parent.mkdir(exist_ok=True)
        (CLIENT / name).write_text(text, encoding="utf-8")
    for file in _others(texts):
        file.unlink()


def stale(contract: Path) -> list[Path]:
    """The files that are not what the contract makes of them."""
    texts = files(contract)
    wrong = [CLIENT / name for name, text in texts.items() if _read(CLIENT / name) != text]
    return wrong + _others(texts)


def _others(texts: dict[str, str]) -> list[Path]:
    return [file for file in sorted((CLIENT / "rooms").glob("*.py")) if f"rooms/{file.name}" not in texts]


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
