"""How an installation is set up: from the environment (`ASSISTANT_*`) and one TOML file, read once and frozen."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.errors import NotReady

PREFIX = "ASSISTANT_"
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
# One bare address as people have them. Of what RFC 5322 allows beside, signs as =?! mean more to some programs.
ADDRESS: Final = re.compile(r"[A-Za-z0-9._+'&~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


class Settings(BaseModel):
    """Every setting, with its default. The docs name each one."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: Path = Field(
        Path("data"), description="folder for the database, the keys and copies made before an upgrade"
    )
    database_url: str = Field("", description="PostgreSQL or another SQLite file; empty: assistant.sqlite in data_dir")
    base_url: str = Field(
        "",
        description="where people reach the assistant, as https://toets.example.nl; empty: the demo, here alone",
    )
    trusted_hosts: tuple[str, ...] = Field(("localhost", "127.0.0.1", "[::1]"), description="host names answered to")
    secret_key_file: Path | None = Field(None, description="key that signs the session cookie; made when missing")
    audit_key_file: Path | None = Field(None, description="key of the event chain; keep it away from the database")
    seal_key_file: Path | None = Field(None, description="key that seals what the codes of a telephone are made from")
    default_language: Literal["nl", "en"] = Field("nl", description="when the browser asks for neither")
    time_zone: str = Field("Europe/Amsterdam", description="for dates on screen")
    trees_dir: Path | None = Field(None, description="own question trees instead of the shipped ones")
    theme_dir: Path | None = Field(None, description="a municipality's own look: theme.css, logo.svg and fonts")
    security_contact: str = Field(
        "", description="whom to tell of a weakness: mailto:... or https://..., for security.txt"
    )
    security_expires: str = Field("", description="the day until which that holds, as 2027-06-30")
    oidc_issuer: str = Field("", description="single sign-on: the address of the organisation's OpenID provider")
    oidc_client_id: str = Field("", description="what the provider calls the assistant")
    oidc_client_secret_file: Path | None = Field(None, description="the secret that was agreed with the provider")
    oidc_require_mfa: tuple[str, ...] = Field((), description="values of acr or amr, one of which it has to give")
    oidc_admit: bool = Field(False, description="whether the provider's people come in without an invitation")
    mail_server: str = Field("", description="name of the server that takes the mail; empty: no mail at all")
    mail_port: int = Field(587, ge=1, le=65_535, description="its port: 587 for starttls, 465 for tls mostly")
    mail_security: Literal["starttls", "tls", "plain", "plain_over_network"] = Field(
        "starttls", description="how the way there is closed; plain on this computer alone"
    )
    mail_sender: str = Field("", description="the address that mail comes from")
    mail_user: str = Field("", description="who signs in at the mail server; empty: nobody has to")
    mail_password_file: Path | None = Field(None, description="the password of that user")

    @field_validator("trusted_hosts", "oidc_require_mfa", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("base_url")
    @classmethod
    def _reachable(cls, value: str) -> str:
        """Passphrases go this way, so nobody may listen in."""
        found = urlsplit(value)
        is_here = found.scheme == "http" and found.hostname in LOOPBACK
        if value and (not (found.scheme == "https" or is_here) or not found.hostname or found.path.strip("/")):
            raise ValueError("an address as https://toets.example.nl, without a path; http on this computer alone")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _contact_has_its_day(self) -> Self:
        """A security.txt without a day, or without somebody, is worth nothing."""
        if bool(self.security_contact) != bool(self.security_expires):
            raise ValueError("security_contact and security_expires belong together")
        if self.security_contact and not self.security_contact.startswith(("mailto:", "https://", "tel:")):
            raise ValueError("security_contact is an address as mailto:security@example.nl")
        if not self.security_contact.isprintable() or " " in self.security_contact:
            raise ValueError("security_contact is one address")
        if self.security_expires:
            date.fromisoformat(self.security_expires)
        return self

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        """Mail without a sender, or with links that lead nowhere, is worth nothing; a password goes no open way."""
        if not self.mail_server:
            return self
        if not self.base_url:
            raise ValueError("mail_server needs base_url: the links in a mail have to lead somewhere")
        if not ADDRESS.fullmatch(self.mail_sender):
            raise ValueError("mail_sender is an address as toets@example.nl")
        if bool(self.mail_user) != bool(self.mail_password_file):
            raise ValueError("mail_user and mail_password_file belong together")
        if self.mail_security == "plain" and self.mail_server not in LOOPBACK:
            raise ValueError("mail_security: plain is for this computer alone; say plain_over_network if you mean it")
        if self.mail_security == "plain_over_network" and self.mail_user:
            raise ValueError("mail_user: no password goes over a network in the open")
        return self

    @property
    def has_mail(self) -> bool:
        """Whether anything is mailed."""
        return bool(self.mail_server)

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'assistant.sqlite').absolute()}"

    @property
    def is_demo(self) -> bool:
        """Whether everyone at this computer may sign in as one of three made-up people."""
        return not self.base_url

    @property
    def is_https(self) -> bool:
        """Whether people reach the assistant over https."""
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that are answered to."""
        own = urlsplit(self.base_url).hostname
        return tuple(dict.fromkeys((*self.trusted_hosts, *([own] if own else []))))

    @property
    def secret_key_path(self) -> Path:
        """Where the session key lies."""
        return self.secret_key_file or self.data_dir / "secret.key"

    @property
    def audit_key_path(self) -> Path:
        """Where the event chain's key lies."""
        return self.audit_key_file or self.data_dir / "audit.key"

    @property
    def seal_key_path(self) -> Path:
        """Where the key lies that seals secrets in the database."""
        return self.seal_key_file or self.data_dir / "seal.key"


def load_settings(environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings from what is given, else the environment, else the TOML file that ASSISTANT_CONFIG names."""
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    config = environment.get(PREFIX + "CONFIG")
    try:
        if config:
            values |= tomllib.loads(Path(config).read_text(encoding="utf-8"))
        values |= {
            name: environment[PREFIX + name.upper()]
            for name in Settings.model_fields
            if environment.get(PREFIX + name.upper())
        }
        values |= {name: value for name, value in given.items() if value is not None}
        unknown = {name for name in environment if name.startswith(PREFIX)} - {PREFIX + "CONFIG"}
        unknown -= {PREFIX + name.upper() for name in Settings.model_fields}
        if unknown:
            raise NotReady(f"There is no setting called {', '.join(sorted(unknown))}.")
        return Settings(**values)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise NotReady(f"The settings file cannot be read: {config}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise NotReady(f"A setting is not right: {wrong}") from error
