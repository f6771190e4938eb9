"""Writing groups down as a season file."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import yaml

from peergroup.cli.refusals import Refusal
from peergroup.cli.remote import service
from peergroup.client import Peergroup

_LEADING = ("moderator", "co_moderator")


def written_down(wanted: Sequence[str], year: int) -> dict[str, Any]:
    """The season of these groups, or of all that the token's person plans; the library is written once."""
    with service() as client:
        ids = [_id_of(client, one) for one in wanted] if wanted else list(_planned(client))
        parts = [client.seasons.export(group_id, year).to_dict() for group_id in ids]
    season: dict[str, Any] = {"season": year}
    for name in ("themes", "agenda_templates"):
        titled = {one["title"]: one for part in parts for one in part.get(name) or []}
        if titled:
            season[name] = list(titled.values())
    return season | {"groups": [group for part in parts for group in part["groups"]]}


def _planned(client: Peergroup) -> Iterable[str]:
    """The groups that one may write down: an admin all of them, others those that they lead."""
    everything = client.me.get().organization_role is not None
    for group in client.groups.list():
        if group.state != "archived" and (everything or group.my_role in _LEADING):
            yield str(group.id)


def _id_of(client: Peergroup, wanted: str) -> str:
    try:
        return str(UUID(wanted))
    except ValueError:
        pass
    found = [str(one.id) for one in client.groups.list() if one.name == wanted]
    if len(found) != 1:
        raise Refusal(
            f"There is no group called '{wanted}'."
            if not found
            else f"Several groups are called '{wanted}'.",
            "Name it by its id, or see 'peergroup export --help'.",
        )
    return found[0]


def as_yaml(season: dict[str, Any]) -> str:
    """The season as YAML, in the order in which it is read."""
    return yaml.dump(season, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)


class _Plain(yaml.SafeDumper):
    """YAML without anchors: a season file has none."""

    def ignore_aliases(self, _data: object) -> bool:
        return True
