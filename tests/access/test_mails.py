"""Mails: over SMTP where it is configured, on the console otherwise, and harmless whatever a name holds."""

import pytest
from pydantic import SecretStr

from peergroup.kit.context import House
from peergroup.kit.mail import ConsoleMailer, Mail, NotSent, SmtpMailer, letter, mailer_for
from peergroup.kit.text import is_email
from tests.access.factories import Postbox
from tests.databases import settings_for

OFFER = {"organization": "<b>Fjord</b> & Sons", "link": "https://x.test/sign-in#token=t", "code": "123456"}


def a_mail(to: str = "ada@example.com") -> Mail:
    return letter("peergroup.access", "sign_in", to, offers=[OFFER], minutes=15)


def test_names_are_escaped_in_html_and_plain_in_text() -> None:
    mail = a_mail()
    assert "<b>Fjord</b> & Sons" in mail.text
    assert "&lt;b&gt;Fjord&lt;/b&gt; &amp; Sons" in mail.html
    assert "<b>Fjord" not in mail.html


async def test_the_console_prints_the_mail_where_no_smtp_is_configured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    mailer = mailer_for(settings_for("sqlite://"))
    assert isinstance(mailer, ConsoleMailer)
    await mailer.send(a_mail())
    printed = capsys.readouterr().out
    assert "To: ada@example.com" in printed
    assert "#token=t" in printed


def test_a_configured_server_gets_the_mails() -> None:
    settings = settings_for("sqlite://", smtp_url=SecretStr("smtps://me:p%40ss@mail.test"))
    assert isinstance(mailer_for(settings), SmtpMailer)


@pytest.mark.parametrize("url", ["http://mail.test", "smtp://", "mail.test:25"])
def test_an_address_that_is_no_mail_server_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="PEERGROUP_SMTP_URL"):
        SmtpMailer(url, "Peergroup <no-reply@localhost>")


async def test_a_refused_mail_says_so_without_naming_anybody(house: House, postbox: Postbox) -> None:
    postbox.refuses = True
    with pytest.raises(NotSent) as refusal:
        await house.mailer.send(a_mail("canary@example.com"))
    assert "canary" not in str(refusal.value)
    assert refusal.value.__cause__ is None


async def test_a_server_that_is_not_there_is_a_mail_not_sent() -> None:
    with pytest.raises(NotSent):
        await SmtpMailer("smtp://127.0.0.1:1", "Peergroup <no-reply@localhost>").send(a_mail())


async def test_a_password_is_never_sent_in_clear_text_to_another_machine(postbox: Postbox) -> None:
    mailer = SmtpMailer(f"smtp://me:secret@127.0.0.1.nip.test:{postbox.port}", "Peergroup <a@b.test>")
    assert mailer._server["start_tls"] is True
    near = SmtpMailer(f"smtp://me:secret@127.0.0.1:{postbox.port}", "Peergroup <a@b.test>")
    assert near._server["start_tls"] is None


@pytest.mark.parametrize(
    "address",
    [
        "ada..x@example.com",
        "jürgen@example.com",
        "a@exämple.com",
        "a'b@example.com",
        "100%@example.com",
        "a=b@example.com",
        "group{x}@example.com",
    ],
)
async def test_whatever_address_we_take_the_mail_goes_there_and_nowhere_else(
    house: House, postbox: Postbox, address: str
) -> None:
    assert is_email(address)
    await house.mailer.send(a_mail(address))
    assert postbox.letters[-1].to == [address]


async def test_an_address_that_servers_read_differently_gets_no_mail(house: House, postbox: Postbox) -> None:
    with pytest.raises(NotSent):
        await house.mailer.send(a_mail("=?utf-8?q?=41?=@example.com"))
    assert postbox.letters == []
