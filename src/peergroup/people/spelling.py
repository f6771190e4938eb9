"""One mailbox, however it is spelled: what is free once is free once for it.

Two people of an organization may have `ada@example.com` and `Ada+trial@example.com`: that is allowed, and they may
be two humans. For whatever somebody gets once only, both count as one mailbox.
"""

import unicodedata
from contextlib import suppress

from peergroup.kit.text import fold

DOTS_DO_NOT_COUNT = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Providers that deliver `a.d.a@` and `ada@` to one mailbox, with the domain that stands for them."""


def one_spelling(address: str) -> str:
    """The address without what does not change the mailbox: case, width, what follows a `+`, dots at Google's.

    A domain in another script is written as the network writes it (IDNA), where it can be.
    """
    local, _, domain = fold(unicodedata.normalize("NFKC", address)).rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    # An address that is nothing but a tag keeps it: there would be nobody left.
    local = local.partition("+")[0] or local
    if domain in DOTS_DO_NOT_COUNT:
        local, domain = local.replace(".", "") or local, DOTS_DO_NOT_COUNT[domain]
    return f"{local}@{domain}"
