"""Configuration: `PEERGROUP_*` environment variables, read once by whoever composes the service."""

import os
import secrets
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

Network = IPv4Network | IPv6Network
_LIMIT = r"^(off|[1-9][0-9]{0,6}/(second|minute|hour|day))$"


class Settings(BaseSettings):
    """Every setting with its meaning; `peergroup settings` prints them, secrets hidden."""

    model_config = SettingsConfigDict(env_prefix="PEERGROUP_", extra="ignore")

    database_url: str = Field("sqlite+aiosqlite:///peergroup.db", description="Where everything is stored.")
    secret: SecretStr | None = Field(None, description="Pepper and keys; at least 32 characters.")
    public_url: str = Field(
        "http://localhost:8000",
        description="The address people reach, used in mails; unset: the one that is listened on.",
    )
    pool_size: int = Field(8, ge=1, le=200, description="PostgreSQL connections per process.")
    prepared_statements: bool = Field(
        True, description="Turn off behind a pooler in transaction mode, such as pgbouncer."
    )
    rate_limit: str = Field(
        "1200/minute",
        pattern=_LIMIT,
        description="Requests per credential: count/second, minute, hour or day; 'off' for none.",
    )
    sign_in_limit: str = Field(
        "60/minute",
        pattern=_LIMIT,
        description="Sign-in requests per client address, written alike: a meeting room shares one.",
    )
    cors_origins: list[str] = Field(
        default_factory=list, description="Browser origins that may call, as JSON."
    )
    smtp_url: SecretStr | None = Field(None, description="smtp://user:password@host:587; unset prints mails.")
    mail_from: str = Field("Peergroup <no-reply@localhost>", description="Sender of mails.")
    outgoing_allow: list[Network] = Field(
        default_factory=list,
        description="Private networks that webhooks and connectors may reach, over http too, as JSON.",
    )
    outgoing_block: list[Network] = Field(
        default_factory=list, description="Further networks that they may not reach, as JSON."
    )
    metrics_token: SecretStr | None = Field(
        None, description="Bearer token for /metrics; unset: loopback only."
    )
    log_level: str = Field("info", description="debug, info, warning or error.")

    @cached_property
    def async_url(self) -> str:
        """The database URL with the asynchronous driver written in."""
        url = make_url(self.database_url)
        driver = {
            "postgresql": "postgresql+asyncpg",
            "postgres": "postgresql+asyncpg",
            "sqlite": "sqlite+aiosqlite",
        }.get(url.drivername, url.drivername)
        if driver not in ("postgresql+asyncpg", "sqlite+aiosqlite"):
            raise ValueError(
                f"PEERGROUP_DATABASE_URL: {url.drivername} is not supported; use sqlite or postgresql."
            )
        return url.set(drivername=driver).render_as_string(hide_password=False)

    @cached_property
    def is_sqlite(self) -> bool:
        return self.async_url.startswith("sqlite")

    @cached_property
    def key(self) -> bytes:
        """The server's secret: the variable, or on SQLite a file of mode 0600 beside the database."""
        if self.secret is not None:
            value = self.secret.get_secret_value()
            if len(value) < 32:
                raise ValueError("PEERGROUP_SECRET must have at least 32 characters.")
            return value.encode()
        if not self.is_sqlite:
            raise ValueError(
                "PEERGROUP_SECRET is required with PostgreSQL: every process needs the same one."
            )
        return _secret_file(Path(make_url(self.async_url).database or "peergroup.db"))


def _secret_file(database: Path) -> bytes:
    path = database.with_name(database.name + ".secret")
    try:
        # Exclusive creation: of two processes that start at once, one writes and the other reads.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        value = secrets.token_urlsafe(48).encode()
        file.write(value)
        return value
