"""The few things of a shell that the guides' examples use: variables, curl, jq, and our own commands."""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

import httpx

from peergroup.cli.running import build
from peergroup.kit.yaml_text import read_yaml

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASSIGNED = re.compile(r"^(\w+)=(.*)$", re.DOTALL)
FETCHED = re.compile(r"^\$\((curl .*) \| jq -r '?\.(items\[0\]\.)?(\w+)'?\)$")
COMMENT = re.compile(r"\s+#\s.*$")


def commands_of(guide: Path) -> list[str]:
    """Every command of a guide's `sh` blocks, in order, continued lines joined."""
    blocks = BLOCK.findall(guide.read_text(encoding="utf-8"))
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [COMMENT.sub("", line).strip() for line in lines if line.strip()]


@dataclass
class Shell:
    """Carries commands out against the application. `given` is what a reader puts in where it says `…`."""

    client: httpx.AsyncClient
    given: Mapping[str, str]
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    async def carry_out(self, command: str) -> None:
        """Fails unless the command does what the guide says: a success."""
        words = command.removeprefix("export ")
        if words.startswith("curl "):
            await self._curl(words)
        elif words.startswith("peergroup "):
            build().parse_args(shlex.split(words)[1:])
            if words.startswith("peergroup apply "):
                await self._apply(shlex.split(words)[2:])
        else:
            for word in [words] if "$(" in words else shlex.split(words):
                await self._assign(word)

    async def _apply(self, words: list[str]) -> None:
        """What the command sends; the tests of the command line carry it out as it is."""
        season, _ = read_yaml((self.folder / words[0]).read_text(encoding="utf-8"))
        answer = await self.client.post(
            "/v1/seasons",
            json=season,
            params={"dry_run": str("--dry-run" in words).lower()},
            headers={"Authorization": f"Bearer {self.variables['PEERGROUP_TOKEN']}"},
        )
        assert answer.is_success, answer.text

    async def _assign(self, words: str) -> None:
        named = ASSIGNED.match(words)
        assert named, f"neither a command nor a variable: {words}"
        name, value = named.groups()
        if fetched := FETCHED.match(value):
            answer = await self._curl(fetched[1])
            told = answer.json()
            value = str((told["items"][0] if fetched[2] else told)[fetched[3]])
        self.variables[name] = self.given[name] if "…" in value else value

    async def _curl(self, command: str) -> httpx.Response:
        words = shlex.split(command)[1:]
        method, url, headers, body = None, "", {}, None
        while words:
            word = words.pop(0)
            if word == "-X":
                method = words.pop(0)
            elif word == "-H":
                name, _, value = self._filled(words.pop(0)).partition(": ")
                headers[name] = value
            elif word == "--json":
                body = self._json(words.pop(0))
                json.loads(body)
                headers |= {"Content-Type": "application/json", "Accept": "application/json"}
            elif word == "--data-binary":
                body = (self.folder / words.pop(0).removeprefix("@")).read_bytes()
            else:
                assert not word.startswith("-"), f"an option that nobody explained to this test: {word}"
                url = self._filled(word)
        path = url.removeprefix(self.variables["URL"])
        answer = await self.client.request(
            method or ("POST" if body else "GET"), path, headers=headers, content=body
        )
        assert answer.is_success, f"{command}\n{answer.status_code} {answer.text}"
        return answer

    def _json(self, word: str) -> bytes:
        """What is sent: written there, or in a file of the reader's."""
        if word.startswith("@"):
            return (self.folder / word.removeprefix("@")).read_bytes()
        return self._filled(word).encode()

    def _filled(self, word: str) -> str:
        return Template(word).substitute(self.variables)
