"""What the tests of access begin with: people with addresses, devices with verifiers, and a real postbox."""

import asyncio
import datetime as dt
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from typing import Any
from uuid import UUID

import httpx
from aiosmtpd.smtp import SMTP

from peergroup.access import credentials
from peergroup.access.redeem import challenge_of
from peergroup.kit.context import House
from peergroup.kit.mail import SmtpMailer
from peergroup.people.models import Person
from peergroup.worker import Worker
from tests.access.issuer import AUDIENCE, Issuer
from tests.world import Actor, World

_numbers = count(1)


@dataclass
class Letter:
    """A mail as it arrived."""

    to: list[str]
    message: EmailMessage

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return "" if part is None else str(part.get_content())

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        return "" if part is None else str(part.get_content())

    @property
    def links(self) -> list[str]:
        return re.findall(r"#token=(\S+)", self.text)

    @property
    def codes(self) -> list[str]:
        return re.findall(r"Code: ([0-9]{6})", self.text)


@dataclass
class Postbox:
    """A real SMTP server that keeps what it is handed; `refuses` makes it turn everything away."""

    letters: list[Letter] = field(default_factory=list)
    refuses: bool = False
    port: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 come back later"
        message: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(Letter(envelope.rcpt_tos, message))
        return "250 kept"


@asynccontextmanager
async def a_postbox(house: House) -> AsyncIterator[Postbox]:
    """A postbox that the house writes to until the end."""
    postbox = Postbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(postbox, enable_SMTPUTF8=True), "127.0.0.1", 0)
    postbox.port = server.sockets[0].getsockname()[1]
    before = house.mailer
    house.mailer = SmtpMailer(f"smtp://127.0.0.1:{postbox.port}", "Peergroup <no-reply@peergroup.test>")
    yield postbox
    house.mailer = before
    server.close()


@dataclass
class Device:
    """Something that signs in: it keeps its verifier to itself and shows the challenge."""

    client: httpx.AsyncClient
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        return challenge_of(self.verifier)

    async def ask(self, email: str, **more: Any) -> httpx.Response:
        body = {"email": email, "code_challenge": self.challenge} | more
        return await self.client.post("/v1/sign-in", json={k: v for k, v in body.items() if v is not None})

    async def open(self, token: str, **more: Any) -> httpx.Response:
        body = {"token": token, "code_verifier": self.verifier} | more
        return await self.client.post(
            "/v1/sign-in/redeem", json={k: v for k, v in body.items() if v is not None}
        )

    async def enter(self, email: str, code: str, **more: Any) -> httpx.Response:
        body = {"email": email, "code": code, "code_verifier": self.verifier} | more
        return await self.client.post("/v1/sign-in/redeem", json=body)

    async def refresh(self, token: str) -> httpx.Response:
        return await self.client.post("/v1/tokens/refresh", json={"refresh_token": token})


def an_address(name: str = "ada") -> str:
    return f"{name}{next(_numbers)}@example.com"


async def a_known_person(world: World, email: str | None = None, name: str = "Ada Adler") -> UUID:
    """A person whom the organization knows by an address, as people/ makes them."""
    async with world.acting() as ctx:
        person = Person(name=name, email=email, created_at=ctx.now, updated_at=ctx.now)
        ctx.db.add(person)
        await ctx.db.flush()
        ctx.record("person.created", person)
        return person.id


async def becomes(world: World, person_id: UUID, state: str) -> None:
    """The person changes state, as people/ would record it."""
    fact = {"active": "person.reactivated"}.get(state, f"person.{state}")
    async with world.acting() as ctx:
        person = await ctx.db.get(Person, (world.organization_id, person_id), with_for_update=True)
        assert person is not None
        person.state = state
        if state == "erased":
            person.email = None
        ctx.record(fact, person)


async def mailed(house: House, postbox: Postbox) -> Letter:
    """The letter that the worker sends now."""
    await Worker(house).drain()
    return postbox.letters[-1]


async def signed_in(world: World, postbox: Postbox, email: str, device: Device) -> dict[str, Any]:
    """The tokens of a device that signs in with the link from the mail."""
    await device.ask(email, organization=str(world.organization_id))
    letter = await mailed(world.house, postbox)
    answer = await device.open(letter.links[0])
    assert answer.status_code == 200, answer.text
    tokens: dict[str, Any] = answer.json()
    return tokens


def bearing(client: httpx.AsyncClient, token: str) -> Actor:
    return Actor(client, token)


async def asked(world: World, postbox: Postbox, device: Device) -> tuple[str, Letter]:
    """A known person whose device asked, and the letter that came."""
    email = an_address()
    await a_known_person(world, email)
    await device.ask(email)
    return email, await mailed(world.house, postbox)


def other_code(code: str, step: int = 1) -> str:
    return f"{(int(code) + step) % 1_000_000:06}"


async def a_device(world: World, name: str = "Ada Adler", **more: Any) -> Actor:
    """A person who is signed in on a device, as if by mail."""
    actor = await world.person(name, **more)
    async with world.acting() as ctx:
        ends = ctx.now + dt.timedelta(minutes=15)
        _, token = await credentials.issue(ctx, "session", person_id=actor.person_id, expires_at=ends)
    return Actor(actor.client, token, actor.person_id, name)


async def trusts(world: World, issuer: Issuer, **more: Any) -> dict[str, Any]:
    """The organization's owner registers an issuer."""
    asked = {"issuer": issuer.address, "audience": AUDIENCE} | more
    made = await world.owner.post("/identity-providers", asked)
    assert made.status_code == 201, made.text
    provider: dict[str, Any] = made.json()
    return provider


async def linked(world: World, issuer: Issuer, subject: str = "ada", name: str = "Ada Adler") -> Actor:
    """A person who has linked an identity; they bear a fresh token of the issuer."""
    device = await a_device(world, name)
    made = await device.post("/me/identities", {"token": issuer.token(subject)})
    assert made.status_code == 201, made.text
    return Actor(device.client, issuer.token(subject), device.person_id, name)
