"""Addresses that users gave us: nobody inside is reached through them, whatever they are made of."""

import datetime as dt
import ssl
from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from peergroup.kit import outgoing
from peergroup.kit.outgoing_addresses import is_public, literal_address
from peergroup.kit.settings import Settings
from tests.kit.canary import Canary, a_canary

ON_LOOPBACK = (
    "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "127.255.255.254", "0x7f.1", "0x7f000001", "0x7F.0.0.1",
    "2130706433", "017700000001", "0177.0.0.1", "0177.1", "00000177.0.0.1", "127.0.0.01", "0", "0.0.0.0", "0x0",
    "localhost", "LOCALHOST", "localhost.", "anything.localhost", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[0:0:0:0:0:ffff:7f00:0001]",
    "\uff11\uff12\uff17.0.0.1", "127\u30020\u30020\u30021", "\u2460\u2461\u2466.0.0.1",
    "[::1%25lo]", "[fe80::1%25lo]", "127.0.0.1%00.example.com",
    "user@127.0.0.1", "example.com@127.0.0.1", "user:word@127.1",
)  # fmt: skip
"""Every spelling of this machine; each is tried on the port on which the canary sits."""
INSIDE = (
    "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "168.63.129.16", "169.254.169.254",
    "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "0.1.2.3", "::", "::1", "::a00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::ffff:0:7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "100::1", "2001::1",
    "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1",
    "ff0e::1", "2a00:1450::5efe:7f00:1", "2a00:1450::200:5efe:a00:1",
)  # fmt: skip
"""Addresses that are not on the internet, or carry one that is not."""
PUBLIC = (
    "1.1.1.1",
    "93.184.215.14",
    "168.63.129.17",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00:1450::5efe:101:101",
)
OPEN = Settings(outgoing_allow=[ip_network("127.0.0.0/8"), ip_network("::1/128")])
ELSEWHERE = Settings(outgoing_allow=[ip_network("10.1.0.0/16")])


@pytest.fixture
async def canary(anyio_backend: object) -> AsyncIterator[Canary]:
    async with a_canary() as singing:
        yield singing


class Names:
    """A name server of the test: each time it is asked it gives the next answer, the last one for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def __call__(self, _host: str, _port: int) -> list[str]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return answer


async def _is_refused(address: str, settings: Settings | None = None, **given: Any) -> bool:
    """Whether somebody is not spoken to; a failure of another kind counts as not refused."""
    async with outgoing.client(settings or Settings(), seconds=3, connect_seconds=2, **given) as client:
        try:
            await client.post(address, content=b"{}")
        except (outgoing.Refused, httpx.InvalidURL):
            return True
        except httpx.TransportError:
            return False
    return False


@pytest.mark.parametrize("host", ON_LOOPBACK)
async def test_this_machine_is_not_reached_however_it_is_spelled(host: str, canary: Canary) -> None:
    assert await _is_refused(f"https://{host}:{canary.port}/")
    assert await _is_refused(f"http://{host}:{canary.port}/")
    assert await _is_refused(f"http://{host}:{canary.port}/", ELSEWHERE)
    assert canary.connections == 0


async def test_a_canary_sings_where_the_operator_opens_its_network(canary: Canary) -> None:
    for number, host in enumerate(("127.0.0.1", "127.1", "2130706433", "localhost"), 1):
        assert not await _is_refused(f"http://{host}:{canary.port}/", OPEN)
        assert canary.connections == number


@pytest.mark.parametrize("address", INSIDE)
async def test_what_is_not_on_the_internet_is_refused_as_an_address_and_behind_a_name(address: str) -> None:
    written = f"[{address}]" if ":" in address else address
    assert await _is_refused(f"https://{written}/")
    names = Names([address])
    assert await _is_refused("https://hooks.example.com/", resolve=names)
    assert names.asked == 1


@pytest.mark.parametrize("address", PUBLIC)
def test_hosts_on_the_internet_are_public(address: str) -> None:
    found = literal_address(address)
    assert found is not None
    assert is_public(found)


async def test_a_name_that_moves_after_it_was_judged_leads_nowhere_else(canary: Canary) -> None:
    # Asked once for each connection, so that there is no second answer to be led astray by; and if a later
    # connection asks again, it is judged again.
    names = Names(["192.0.0.9"], ["127.0.0.1"])
    assert await _is_refused(f"https://moving.example.com:{canary.port}/", resolve=names)
    assert names.asked == 1
    assert await _is_refused(f"https://moving.example.com:{canary.port}/", resolve=names)
    assert canary.connections == 0
    # The twin: first an address that is judged well (and answers), then one that nobody may be led to.
    opened = Settings(outgoing_allow=[ip_network("127.0.0.1/32")])
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    address = f"http://moving.example.com:{canary.port}/"
    assert not await _is_refused(address, opened, resolve=names)
    assert (names.asked, canary.connections) == (1, 1)
    assert await _is_refused(address, opened, resolve=names)
    assert (names.asked, canary.connections) == (2, 1)


async def test_a_name_with_one_address_outside_and_one_inside_is_refused(canary: Canary) -> None:
    for answer in (["1.1.1.1", "127.0.0.1"], ["127.0.0.1", "1.1.1.1"], ["2606:4700::1111", "::1"]):
        assert await _is_refused(f"https://both.example.com:{canary.port}/", resolve=Names(answer))
    assert canary.connections == 0


async def test_a_redirect_is_not_followed(canary: Canary) -> None:
    inside = f"http://127.0.0.1:{canary.port}/inside"
    canary.answer = f"HTTP/1.1 307 Moved\r\nLocation: {inside}\r\nContent-Length: 0\r\n\r\n".encode()
    async with outgoing.client(OPEN) as client:
        answer = await client.post(f"http://127.0.0.1:{canary.port}/", content=b"{}")
    assert answer.status_code == 307
    assert len(canary.heard) == 1


async def test_no_proxy_and_no_password_file_of_the_machine_is_used(
    canary: Canary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert await _is_refused("https://10.0.0.1/")
    assert canary.connections == 0
    assert not await _is_refused(f"http://127.0.0.1:{canary.port}/", OPEN)
    assert b"authorization" not in canary.heard[0].lower()


async def test_a_cookie_of_one_answer_does_not_go_out_with_the_next_request(canary: Canary) -> None:
    async with outgoing.client(OPEN) as client:
        for _ in range(2):
            await client.post(f"http://127.0.0.1:{canary.port}/", content=b"")
    assert len(canary.heard) == 2
    assert b"cookie" not in canary.heard[1].lower()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + b"x" * 200_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"2710\r\n" + b"x" * 10_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200_000 + b"\r\n\r\n",
    ],
)
async def test_an_answer_without_end_is_not_read_to_its_end(answer: bytes, canary: Canary) -> None:
    chunk = answer[answer.index(b"2710") :] if b"chunked" in answer else b""
    canary.answer = answer + chunk * 20
    async with outgoing.client(OPEN, most_bytes=65_536) as client:
        with pytest.raises(httpx.TransportError):
            await client.get(f"http://127.0.0.1:{canary.port}/")


async def test_an_answer_of_the_allowed_length_is_read(canary: Canary) -> None:
    canary.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 65536\r\n\r\n" + b"x" * 65_536
    async with outgoing.client(OPEN) as client:
        answer = await client.get(f"http://127.0.0.1:{canary.port}/")
    assert len(answer.content) == 65_536


async def test_an_answer_that_drips_is_given_up_in_time(canary: Canary) -> None:
    canary.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"
    async with outgoing.client(OPEN, seconds=0.3) as client:
        with pytest.raises(httpx.TimeoutException):
            await client.get(f"http://127.0.0.1:{canary.port}/")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "http://example.com/",
        "https://user@example.com/",
        "https://example.com:22/",
        "https://example.com:0/",
        "https://example.com:6667/",
        "https:///",
        "https://",
        "//example.com/",
        "example.com",
        "https://exa mple.com/",
        "https://example.com\\@127.0.0.1/",
        "https://example.com\r\nHost: inside/",
        "https://[::1",
        "https://" + "a" * 300 + "/",
    ],
)
def test_an_address_that_can_be_seen_to_be_wrong_is_refused_without_asking_anybody(address: str) -> None:
    with pytest.raises(outgoing.Refused):
        outgoing.judge(Settings(), address)


def test_a_right_address_is_taken() -> None:
    for address in (
        "https://hooks.example.com/peergroup?x=1",
        "https://example.com:8443/",
        "https://1.1.1.1/",
    ):
        outgoing.judge(Settings(), address)
    outgoing.judge(OPEN, "http://localhost:9000/")


async def test_an_operator_may_close_networks_that_are_public_elsewhere() -> None:
    closed = Settings(outgoing_block=[ip_network("93.184.0.0/16")])
    names = Names(["93.184.215.14"])
    assert await _is_refused("https://intranet.example.com/", closed, resolve=names)
    assert await _is_refused("https://93.184.215.14/", closed)


async def test_a_network_that_was_opened_says_nothing_of_its_neighbours(canary: Canary) -> None:
    opened = Settings(outgoing_allow=[ip_network("10.1.0.0/16")])
    for host in ("127.0.0.1", "10.2.0.1", "[::ffff:10.1.0.1]", "1.1.1.1"):
        assert await _is_refused(f"http://{host}:{canary.port}/", opened)
    assert canary.connections == 0


async def test_the_certificate_is_compared_with_the_name(tmp_path: Path, anyio_backend: object) -> None:
    certificate = _certificate(tmp_path, "hooks.example.com")
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(certificate)
    trusts = ssl.create_default_context(cafile=str(certificate))
    async with a_canary(secured) as canary:
        given: dict[str, Any] = {"resolve": Names(["127.0.0.1"]), "trusts": trusts}
        async with outgoing.client(OPEN, **given) as client:
            answer = await client.get(f"https://hooks.example.com:{canary.port}/")
            assert answer.text == "ok"
            assert b"Host: hooks.example.com" in canary.heard[0]
            with pytest.raises(httpx.ConnectError, match="Hostname mismatch"):
                await client.get(f"https://other.example.com:{canary.port}/")
        async with outgoing.client(OPEN, resolve=Names(["127.0.0.1"])) as client:
            with pytest.raises(httpx.ConnectError):
                await client.get(f"https://hooks.example.com:{canary.port}/")
    assert len(canary.heard) == 1


def _certificate(folder: Path, name: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return path
