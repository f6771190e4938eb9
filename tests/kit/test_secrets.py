"""Secrets: one key per purpose, and numbers that outsiders can neither read, order nor make."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.kit.secrets import Vault, checksum, new_secret
from peergroup.kit.settings import Settings

VAULT = Vault(b"a secret of the tests, long enough to be one")
numbers = st.integers(0, 2**63 - 1)


@given(numbers, st.text(max_size=40))
def test_a_sealed_number_opens_for_its_tenant(number: int, tenant: str) -> None:
    sealed = VAULT.seal_number("events", tenant, number)
    assert len(sealed) == 22
    assert VAULT.open_number("events", tenant, sealed) == number


@given(numbers, st.integers(0, 21), st.characters(codec="ascii"))
def test_a_changed_token_opens_nothing(number: int, place: int, other: str) -> None:
    sealed = VAULT.seal_number("events", "tenant", number)
    changed = sealed[:place] + other + sealed[place + 1 :]
    assert VAULT.open_number("events", "tenant", changed) in ((None,) if changed != sealed else (number,))


@given(st.text(max_size=30) | st.binary(min_size=16, max_size=16).map(lambda raw: raw.hex()[:22]))
def test_an_invented_token_opens_nothing(token: str) -> None:
    assert VAULT.open_number("events", "tenant", token) is None


def test_a_sealed_number_belongs_to_one_tenant_one_purpose_and_one_server() -> None:
    sealed = VAULT.seal_number("events", "tenant", 7)
    assert VAULT.open_number("events", "other", sealed) is None
    assert VAULT.open_number("deliveries", "tenant", sealed) is None
    assert Vault(b"another secret that is also long enough").open_number("events", "tenant", sealed) is None


def test_sealed_numbers_say_nothing_of_their_order() -> None:
    sealed = [VAULT.seal_number("events", "tenant", number) for number in range(200)]
    assert len(set(sealed)) == 200
    rising = sum(one < other for one, other in pairwise(sealed))
    assert 60 < rising < 140
    assert len({one[:3] for one in sealed}) > 150


def test_each_purpose_has_its_own_key() -> None:
    assert VAULT.key("one") != VAULT.key("other")
    assert VAULT.hash("one", "value") != VAULT.hash("other", "value")
    assert VAULT.matches("one", "value", VAULT.hash("one", "value"))
    assert not VAULT.matches("other", "value", VAULT.hash("one", "value"))
    assert not VAULT.matches("one", "Value", VAULT.hash("one", "value"))


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_can_be_hashed(value: str) -> None:
    assert len(VAULT.hash("one", value)) == 64


def test_secrets_are_long_and_never_the_same() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(secret) >= 43 for secret in made)


@given(st.text(st.characters(codec="ascii"), min_size=1), st.integers(0, 10_000))
def test_a_mistyped_token_has_another_checksum(text: str, place: int) -> None:
    place %= len(text)
    typo = text[:place] + chr((ord(text[place]) + 1) % 128) + text[place + 1 :]
    assert checksum(text) != checksum(typo)


def test_a_server_needs_a_secret_that_is_long_enough() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        _ = Settings(database_url="sqlite://", secret="short").key
    with pytest.raises(ValueError, match="required with PostgreSQL"):
        _ = Settings(database_url="postgresql://localhost/x", secret=None).key
