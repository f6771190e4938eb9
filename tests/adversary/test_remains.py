"""What the adversary looks for looks as the service writes it: else it would find nothing, and prove nothing."""

from peergroup.kit.secrets import Vault
from tests.adversary.remains import File


def test_a_key_of_an_exercise_that_is_left_is_found_among_other_bytes() -> None:
    vault = Vault(b"a" * 32)
    kept = [vault.wrap("exercise-key", name, bytes(32)).encode() for name in ("one", "two")]
    file = File("-wal", b"\x00before" + kept[0] + b"\x07behind\xff" + kept[1] + b"2026-11-22T21:00:00Z")
    assert file.wrapped == set(kept)
