"""One mailbox, however it is spelled."""

import pytest

from peergroup.people.spelling import one_spelling

SAME = [
    ("ada@example.com", "ada@example.com"),
    ("  ADA@Example.COM ", "ada@example.com"),
    ("ada+trial@example.com", "ada@example.com"),
    ("ada+a+b@example.com", "ada@example.com"),
    ("+only@example.com", "+only@example.com"),
    ("a.d.a@example.com", "a.d.a@example.com"),
    ("A.d.a+x@gmail.com", "ada@gmail.com"),
    ("ada@googlemail.com", "ada@gmail.com"),
    ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
    ("ａｄａ@example.com", "ada@example.com"),
    ("ada@a..example", "ada@a..example"),
]


@pytest.mark.parametrize(("address", "expected"), SAME)
def test_one_mailbox_has_one_spelling(address: str, expected: str) -> None:
    assert one_spelling(address) == expected
    assert one_spelling(expected) == expected
