"""Secrets at rest: nobody opens them without the server's secret, nor as something that they are not."""

import base64

import pytest

from peergroup.kit.secrets import Vault

VAULT, OTHER = Vault(b"a" * 32), Vault(b"b" * 32)


@pytest.mark.parametrize("secret", [b"", b"k", bytes(range(32)), '{"key": "ä"}'.encode(), b"x" * 5_000])
def test_what_is_wrapped_is_opened_again(secret: bytes) -> None:
    first, second = VAULT.wrap("webhook", "one", secret), VAULT.wrap("webhook", "one", secret)
    assert first != second, "who looks at two does not learn whether they are alike"
    assert VAULT.unwrap("webhook", "one", first) == VAULT.unwrap("webhook", "one", second) == secret
    if len(secret) > 15:  # a letter or two may stand there by chance
        assert secret not in base64.urlsafe_b64decode(first.removeprefix("w1."))


@pytest.mark.parametrize(
    ("vault", "purpose", "about"),
    [(OTHER, "webhook", "one"), (VAULT, "crm account", "one"), (VAULT, "webhook", "two")],
)
def test_nobody_else_opens_it_and_nothing_else_is_opened_with_it(
    vault: Vault, purpose: str, about: str
) -> None:
    wrapped = VAULT.wrap("webhook", "one", bytes(32))
    with pytest.raises(ValueError, match="not wrapped here"):
        vault.unwrap(purpose, about, wrapped)


def test_whatever_was_changed_is_not_opened() -> None:
    wrapped = VAULT.wrap("webhook", "one", bytes(32))
    raw = base64.urlsafe_b64decode(wrapped.removeprefix("w1."))
    for place in range(len(raw)):
        changed = bytes(byte ^ (at == place) for at, byte in enumerate(raw))
        with pytest.raises(ValueError, match="not wrapped here"):
            VAULT.unwrap("webhook", "one", base64.urlsafe_b64encode(changed).decode())
    for length in (0, 5, 12, len(raw) - 1):
        with pytest.raises(ValueError, match=r"\w"):
            VAULT.unwrap("webhook", "one", base64.urlsafe_b64encode(raw[:length]).decode())
