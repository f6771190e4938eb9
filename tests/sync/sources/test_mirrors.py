"""Whoever follows the pages ends up with what the CRM has, whatever its users do meanwhile and however often the
process dies.
"""

import random
from collections.abc import Callable
from typing import Protocol

import pytest

from peergroup.sync.sources import hubspot
from peergroup.sync.sources.protocol import SourcePage
from tests.sync.fakes.hubspot import THROTTLED, HubSpotAccount
from tests.sync.fakes.salesforce import DOWN, SalesforceOrganization, id_of
from tests.sync.fakes.vendor import Trouble, Vendor, answer
from tests.sync.sources.making import GRANT, a_hubspot, a_salesforce

SEEDS = pytest.mark.parametrize("seed", range(25))
TITLES = ("CEO", "CFO", "CTO", "")


class Crm(Protocol):
    """What users do, what is there, and one process that reads on until it dies."""

    vendor: Vendor
    trouble: Trouble

    def change(self, number: int, title: str) -> None: ...

    def remove(self, number: int) -> None: ...

    def merge(self, one: int, other: int, new: int) -> None: ...

    def there(self) -> dict[str, str]: ...

    async def read(self, cursor: str | None, until: Callable[[SourcePage], bool]) -> None: ...


class HubSpotCrm:
    trouble = staticmethod(answer(429, THROTTLED, retry_after="3"))

    def __init__(self) -> None:
        self.vendor = HubSpotAccount()
        self.merged: set[int] = set()

    def change(self, number: int, title: str) -> None:
        if number not in self.merged:  # what went into another contact never comes back
            self.vendor.keep(number, lastname="Öst", jobtitle=title).archived_at = None

    def remove(self, number: int) -> None:
        if number in self.vendor.contacts:
            self.vendor.archive(number)

    def merge(self, one: int, other: int, new: int) -> None:
        self.vendor.merge(new, one, other)
        self.merged |= {one, other}

    def there(self) -> dict[str, str]:
        kept = [one for one in self.vendor.contacts.values() if one.archived_at is None]
        return {str(one.id): one.properties["jobtitle"] for one in kept}

    async def read(self, cursor: str | None, until: Callable[[SourcePage], bool]) -> None:
        self.vendor.new_walk()
        async with a_hubspot(self.vendor, GRANT) as source:
            async for page in source.pages(cursor):
                if until(page):
                    return


class SalesforceCrm:
    trouble = staticmethod(answer(503, DOWN, retry_after="3"))

    def __init__(self) -> None:
        self.vendor = SalesforceOrganization(batch=3)

    def change(self, number: int, title: str) -> None:
        self.vendor.keep(number, Name="Öst", Title=title).is_deleted = False

    def remove(self, number: int) -> None:
        if id_of(number) in self.vendor.contacts:
            self.vendor.delete(number)

    def merge(self, one: int, other: int, new: int) -> None:
        self.vendor.merge(one, other)

    def there(self) -> dict[str, str]:
        kept = [one for one in self.vendor.contacts.values() if not one.is_deleted]
        return {one.id: one.fields["Title"] for one in kept}

    async def read(self, cursor: str | None, until: Callable[[SourcePage], bool]) -> None:
        async with a_salesforce(self.vendor) as source:
            async for page in source.pages(cursor):
                if until(page):
                    return


def number_of(id_: str) -> int:
    return int(id_.removeprefix("003Hr").removesuffix("IAB"))


class Follower:
    """Keeps what came, and the cursor behind it."""

    def __init__(self, crm: Crm, chance: random.Random) -> None:
        self.crm, self.chance = crm, chance
        self.mirror: dict[str, str] = {}
        self.merges = 0
        self.cursor: str | None = None
        self.is_done = False

    async def follow(self, *, calmly: bool = False) -> None:
        """One whole walk, in as many processes as it takes."""
        self.is_done = False
        while not self.is_done:
            await self.crm.read(self.cursor, lambda page: self._keep(page, calmly))

    def _keep(self, page: SourcePage, calmly: bool) -> bool:
        """Whether the process dies here."""
        for record in page.records:
            self.mirror.pop(record.external_id, None)
            if not record.is_removed:
                title = record.properties.get("jobtitle") or record.properties.get("Title") or ""
                self.mirror[record.external_id] = title
        self.cursor, self.is_done = page.cursor, page.is_last
        if not calmly:
            self._live()
        return not calmly and self.chance.random() < 0.2

    def _live(self) -> None:
        """What happens between two pages."""
        vendor, chance = self.crm.vendor, self.chance
        vendor.forward(minutes=chance.choice((0, 1, 30)))
        for _ in range(chance.randrange(4)):
            number = chance.randrange(1, 40)
            if chance.random() < 0.3:
                self.crm.remove(number)
            else:
                self.crm.change(number, chance.choice(TITLES))
            vendor.forward(minutes=chance.choice((0, 0, 20)))
        there = list(self.crm.there())
        if chance.random() < 0.2 and len(there) > 1:
            self.merges += 1
            self.crm.merge(*(number_of(id_) for id_ in chance.sample(there, 2)), 100 + self.merges)
        if chance.random() < 0.2:
            vendor.troubles.append(self.crm.trouble)
        if chance.random() < 0.2:
            vars(vendor)["tokens"].clear()
        if chance.random() < 0.2:
            vars(vendor).get("locators", {}).clear()


@SEEDS
@pytest.mark.parametrize("kind", [HubSpotCrm, SalesforceCrm])
async def test_the_mirror_ends_as_the_crm_is(
    kind: type[HubSpotCrm] | type[SalesforceCrm], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubspot, "LISTED", 4)
    monkeypatch.setattr(hubspot, "FOUND", 3)
    crm, chance = kind(), random.Random(seed)
    for number in range(1, 30):
        crm.change(number, chance.choice(TITLES))
    follower = Follower(crm, chance)
    for _ in range(3):
        await follower.follow()
        crm.vendor.forward(hours=chance.choice((0, 1, 24)))
    await follower.follow(calmly=True)
    assert follower.mirror == crm.there()
    assert crm.vendor.complaints == []
