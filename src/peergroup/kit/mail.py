"""Mails: one seam with two ends, SMTP where it is configured and the operator's console otherwise."""

import sys
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from peergroup.kit import time
from peergroup.kit.settings import Settings

SECONDS = 20.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter to one address, as plain text and as HTML."""

    to: str
    subject: str
    text: str
    html: str


class NotSent(Exception):
    """A mail could not be handed over. Says what kind of failure it was, never to whom or what."""


class Mailer(Protocol):
    """Whatever takes a mail and hands it on; raises `NotSent` where it cannot."""

    async def send(self, mail: Mail) -> None:
        """Hand the mail over."""


class SmtpMailer:
    """Hands mails to an SMTP server: `smtp://` (TLS as soon as the server offers it) or `smtps://`."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("PEERGROUP_SMTP_URL: write smtp://user:password@host:587 or smtps://host:465.")
        self._sender, self._address = sender, parseaddr(sender)[1]
        self._server: dict[str, Any] = {
            "hostname": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": parts.scheme == "smtps",
            # A password never crosses a network in clear text.
            "start_tls": True if parts.password and _is_open(parts) else None,
            "timeout": SECONDS,
        }

    async def send(self, mail: Mail) -> None:
        """Hand the mail to the server."""
        if "=?" in mail.to or parseaddr(mail.to)[1] != mail.to:
            # Some servers would decode this to another mailbox than the one that is known here.
            raise NotSent("AmbiguousAddress")
        try:
            await aiosmtplib.send(
                composed(mail, self._sender), sender=self._address, recipients=[mail.to], **self._server
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            # The library's own messages name the recipient, and this one ends up in the log.
            raise NotSent(type(error).__name__) from None


def _is_open(parts: Any) -> bool:
    return parts.scheme == "smtp" and parts.hostname not in _LOOPBACK


class ConsoleMailer:
    """Prints mails on the operator's console: how a service without SMTP is signed in to."""

    async def send(self, mail: Mail) -> None:
        """Print the mail."""
        rule = "-" * 72
        sys.stdout.write(f"{rule}\nTo: {mail.to}\nSubject: {mail.subject}\n\n{mail.text}\n{rule}\n")
        sys.stdout.flush()


def mailer_for(settings: Settings) -> Mailer:
    """The mailer that these settings ask for."""
    if settings.smtp_url is None:
        return ConsoleMailer()
    return SmtpMailer(settings.smtp_url.get_secret_value(), settings.mail_from)


def composed(mail: Mail, sender: str) -> EmailMessage:
    """The mail in the form in which servers pass it on."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(time.now())
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


@lru_cache
def _templates(package: str) -> Environment:
    return Environment(
        loader=PackageLoader(package, "letters"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def letter(package: str, name: str, to: str, **facts: Any) -> Mail:
    """A mail from `letters/<name>.txt` (its first line is the subject) and `letters/<name>.html` of a package."""
    templates = _templates(package)
    subject, _, text = templates.get_template(f"{name}.txt").render(facts).partition("\n")
    return Mail(
        to, subject.strip(), text.strip() + "\n", templates.get_template(f"{name}.html").render(facts)
    )
