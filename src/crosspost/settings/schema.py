"""Every setting of the contract, its type, its default and its bounds."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from crosspost.addresses import API
from crosspost.policy import DEFAULT_TEMPLATE

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _duration(value: object) -> object:
    if isinstance(value, str) and (match := re.fullmatch(r"(\d+)\s*([smhdw])", value.strip())):
        return timedelta(**{_UNITS[match[2]]: int(match[1])})
    if isinstance(value, timedelta):
        return value
    raise ValueError('write a number and a unit, for example "90s", "30m", "12h", "3d", "1w"')


def _zone(value: str) -> str:
    if value:
        try:
            ZoneInfo(value)
        except (ValueError, KeyError, OSError) as error:
            raise ValueError('write a name from the IANA time zone database, for example "Europe/Berlin"') from error
    return value


def _server(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError('write a web address without query, for example "https://api.linkedin.com"')
    return value.rstrip("/")


def _address(value: str) -> str:
    return _server(value) if value else value


def _author(value: str) -> str:
    value = value.strip()
    if value and not re.fullmatch(r"(urn:li:(person|organization):)?[\w-]+", value):
        raise ValueError('write "urn:li:person:…", "urn:li:organization:…" or the bare id of a person')
    return value if not value or value.startswith("urn:") else f"urn:li:person:{value}"


def _api_version(value: object) -> str:
    if (text := str(value)) == "auto" or re.fullmatch(r"20\d{2}(0[1-9]|1[0-2])", text):
        return text
    raise ValueError('write year and month, for example "202609", or "auto" to look for one when it has ended')


def _template(value: str) -> str:
    if value != DEFAULT_TEMPLATE:
        from crosspost.compose.template import check_template  # noqa: PLC0415 - only who lays the text out anew

        if problems := check_template(value):
            raise ValueError("; ".join(problems))
    return value


def _ledger(value: str) -> str:
    if value and not re.fullmatch(r"(sqlite:///|postgres(ql)?://|git:).+|memory:", value):
        raise ValueError(
            'write "sqlite:///path/ledger.db", "postgresql://user@host/database", "git:origin" '
            'or "memory:", which forgets all at the end'
        )
    return value


def _slot(value: str) -> str:
    if not re.fullmatch(rf"(?i:{'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError('write a weekday and a time, for example "Tue 09:40"')
    return value


def _key(value: str) -> str:
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)*", value):
        raise ValueError('write a front matter key, for example "linkedin_url" or "socials.linkedin"')
    return value


def _redirect(value: str) -> str:
    """LinkedIn compares the address as text with what is registered (Authorization Code Flow): nothing is tidied up here."""
    match = re.fullmatch(r"(https?)://([\w.-]+|\[::1\])(?::(\d{1,5}))?(/[\w./~%-]*)?", value, re.ASCII)
    local = match is not None and match[2].lower() in {"localhost", "127.0.0.1", "[::1]"}
    port = int(match[3]) if match and match[3] else None
    if not match or (match[1] == "http" and not (local and port)) or not 0 < (port or 443) < 65536:
        raise ValueError('write an address of this machine with a port, for example "http://127.0.0.1:8912/callback"')
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Server = Annotated[str, AfterValidator(_server)]
Author = Annotated[str, AfterValidator(_author)]


class Section(BaseModel):
    """Base of every table: an unknown key is an error, and a value is never converted by guessing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteSection(Section):
    """`[site]`: where the posts are and which of them count. `root` is not a setting: it is where the file stands."""

    posts: tuple[str, ...] = ("_posts",)
    select: Literal["all", "opt-in"] = "all"
    categories: tuple[str, ...] = ()
    timezone: Annotated[str, AfterValidator(_zone)] = ""
    url: Annotated[str, AfterValidator(_address)] = ""
    permalink: str = ""


class LinkedInSection(Section):
    """`[linkedin]`: who posts, and where the API is."""

    author: Author = ""
    api_url: Server = API
    oauth_url: Server = "https://www.linkedin.com"
    redirect_uri: Annotated[str, AfterValidator(_redirect)] = "http://127.0.0.1:8912/callback"
    api_version: Annotated[str, BeforeValidator(_api_version)] = "202609"
    visibility: Literal["PUBLIC", "CONNECTIONS", "LOGGED_IN"] = "PUBLIC"
    timeout: Annotated[float, Field(gt=0, le=600)] = 30
    identical_retry: bool = True
    comment_fallback: bool = False


class TextSection(Section):
    """`[text]`: how a post becomes plain text."""

    body: Literal["full", "excerpt", "auto"] = "auto"
    limit: Annotated[int, Field(ge=140, le=4000)] = 3000
    links: Literal["inline", "footnotes", "drop"] = "inline"
    hashtags: Literal["tags", "categories", "none"] = "tags"
    hashtag_map: dict[str, str] = {}
    repair: bool = True
    unstyle: bool = True
    template: Annotated[str, AfterValidator(_template)] = DEFAULT_TEMPLATE


class CardSection(Section):
    """`[card]`: what is shown under the text."""

    kind: Literal["article", "image", "document", "none"] = "article"
    image: tuple[str, ...] = ("image", "img", "header.image")
    document: tuple[str, ...] = ("document", "pdf")


class ScheduleSection(Section):
    """`[schedule]`: when a post goes out."""

    when: Literal["date", "slots"] = "date"
    slots: tuple[Annotated[str, AfterValidator(_slot)], ...] = ()
    delay: Duration = timedelta(0)
    grace: Duration = timedelta(days=3)
    max_per_day: Annotated[int, Field(ge=1, le=100)] = 10
    wait_for_page: bool = False
    approve: bool = False

    @model_validator(mode="after")
    def _slots_are_named(self) -> ScheduleSection:
        if self.when == "slots" and not self.slots:
            raise ValueError('when = "slots" needs slots, for example slots = ["Tue 09:40", "Thu 09:40"]')
        return self


class WriteBackSection(Section):
    """`[writeback]`: how the file learns the address."""

    key: Annotated[str, AfterValidator(_key)] = "linkedin_url"
    placeholder: bool = True
    git: Literal["off", "commit", "push", "branch"] = "off"


class LedgerSection(Section):
    """`[ledger]`: where the ledger is; empty for a file in the user's state folder."""

    url: Annotated[str, AfterValidator(_ledger)] = ""


class NotifySection(Section):
    """`[notify]`: whom to tell."""

    urls: tuple[str, ...] = ()


class AccountSection(Section):
    """`[accounts.NAME]`: a further destination; what it does not say is taken from the main tables."""

    author: Author = ""
    linkedin: dict[str, Any] = {}
    text: dict[str, Any] = {}
    card: dict[str, Any] = {}
    schedule: dict[str, Any] = {}
    writeback: dict[str, Any] = {}


class Destination(Section):
    """The tables that an account may override, whole again after merging."""

    linkedin: LinkedInSection = LinkedInSection()
    text: TextSection = TextSection()
    card: CardSection = CardSection()
    schedule: ScheduleSection = ScheduleSection()
    writeback: WriteBackSection = WriteBackSection()


class Tables(Destination):
    """The whole of `crosspost.toml`."""

    since: datetime | date | None = None
    site: SiteSection = SiteSection()
    ledger: LedgerSection = LedgerSection()
    accounts: dict[str, AccountSection] = {}
    notify: NotifySection = NotifySection()

    @model_validator(mode="after")
    def _slots_are_used(self) -> Tables:
        """Slots without `when` would be ignored, and posts go out at their date. An account may do so on purpose."""
        if self.schedule.slots and self.schedule.when != "slots":
            raise ValueError('schedule.slots are set, but schedule.when is "date"; set when = "slots"')
        return self
