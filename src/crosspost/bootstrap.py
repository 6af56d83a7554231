"""The only place that knows every class: settings become objects that are ready to work."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crosspost.addresses import API
from crosspost.clock import SystemClock
from crosspost.errors import SettingsError
from crosspost.settings.load import Loaded, load
from crosspost.settings.policies import account_policy
from crosspost.settings.schema import LinkedInSection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from crosspost.credentials import App, Prompt, Secret, Token, Wallet
    from crosspost.errors import Problem
    from crosspost.jekyll.site import JekyllSite
    from crosspost.linkedin.oauth.client import OAuth
    from crosspost.linkedin.versions import ApiVersion
    from crosspost.model import Rejected
    from crosspost.pipeline.run import Run
    from crosspost.policy import AccountPolicy, WriteBackPolicy
    from crosspost.ports import Clock, Files, Ledger, Notifier, PageReader, Publisher, Repository, UploadRecords
    from crosspost.signin.account import Account
    from crosspost.signin.desk import Desk


def state_folder() -> Path:
    """Return where crosspost keeps what is the user's and not the site's."""
    import platformdirs  # noqa: PLC0415 - only who needs it pays for it

    return platformdirs.user_state_path("crosspost", appauthor=False)


def default_ledger_url() -> str:
    """Return where the ledger is when no setting says so: one file for all sites, in the user's state folder."""
    return f"sqlite:///{state_folder()}/ledger.sqlite3"


@dataclass(frozen=True)
class Workshop:
    """Everything for one site, made when it is first asked for.

    Attributes:
        loaded: The checked settings.
        prompt: How to ask a person for a token; the non-interactive one raises.
        clock: The time.
        environ: Where credentials are looked for first.
        on_token: Told each token that was found, so that logs can hide it.
    """

    loaded: Loaded
    prompt: Prompt
    clock: Clock
    environ: Mapping[str, str]
    on_token: Callable[[str], None]

    @classmethod
    def open(
        cls,
        start: Path,
        prompt: Prompt,
        *,
        config: Path | None = None,
        overrides: Mapping[str, Any] | None = None,
        environ: Mapping[str, str] = os.environ,
        on_token: Callable[[str], None] = lambda _token: None,
    ) -> Workshop:
        """Load the settings that apply in `start`.

        Raises:
            SettingsError: With every problem found.
        """
        return cls(load(start, config=config, overrides=overrides), prompt, SystemClock(), environ, on_token)

    @cached_property
    def accounts(self) -> tuple[str, ...]:
        """The names of all destinations; `default` first."""
        return tuple(self.loaded.destinations)

    def source(self, account: str = "default") -> JekyllSite:
        """Return the site's posts as `account` sees them: which key says that a post is published differs."""
        from crosspost.jekyll.site import JekyllSite  # noqa: PLC0415 - `--version` must not pay for YAML

        site = self.loaded.settings.site
        return JekyllSite(
            self.loaded.root,
            posts=site.posts,
            timezone=ZoneInfo(site.timezone) if site.timezone else None,
            url=site.url or None,
            permalink=site.permalink or None,
            write_back_key=self.loaded.destination(account).writeback.key,
            own_key_only=account != "default",
            memory=state_folder() / "index",
            clock=self.clock,
        )

    def policy(self, account: str, source: JekyllSite) -> AccountPolicy:
        """Return the rules of one account."""
        return account_policy(self.loaded, account, source.timezone)

    @cached_property
    def ledger_url(self) -> str:
        """Where the ledger is."""
        return self.loaded.settings.ledger.url or default_ledger_url()

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, opened once."""
        from crosspost.ledger import open_ledger  # noqa: PLC0415 - see above

        return open_ledger(self.ledger_url, base=self.loaded.root, sleep=self.clock.sleep)

    def sharing(self, other: Workshop) -> Workshop:
        """Use the ledger that `other` has open, where both name the same one. Returns itself."""
        if (self.ledger_url, self.loaded.root) == (other.ledger_url, other.loaded.root):
            vars(self)["ledger"] = other.ledger
        return self

    @cached_property
    def pages(self) -> PageReader:
        """The web, as far as it has the site; remembers what it has seen."""
        from crosspost.pages import WebPages  # noqa: PLC0415 - see above

        return WebPages(self.clock)

    @cached_property
    def notifier(self) -> Notifier | None:
        """The way to people; None where nobody is to be told."""
        from crosspost.notify import AppriseNotifier  # noqa: PLC0415 - see above

        urls = self.loaded.settings.notify.urls
        for url in urls:
            self.on_token(url)  # it may hold a password
        return AppriseNotifier(urls) if urls else None

    @cached_property
    def wallet(self) -> Wallet:
        """Where secrets come from and are kept."""
        from crosspost.credentials import FileStore, Keyring, Wallet  # noqa: PLC0415 - see above

        return Wallet(environ=self.environ, keyring=Keyring(), file=FileStore(), prompt=self.prompt)

    def key_of(self, account: str) -> str:
        """Return the name under which an account's secrets are kept: its own, and where they were made if not at LinkedIn.

        A `crosspost.toml` of somebody else's that names another server thus gets no token of LinkedIn's out of the keyring.
        """
        linkedin, usual = self.loaded.destination(account).linkedin, LinkedInSection()
        servers = dict.fromkeys((linkedin.api_url, linkedin.oauth_url))  # ordered, and one where both are the same
        if list(servers) == [usual.api_url, usual.oauth_url]:
            return account
        return f"{account} on {' and '.join(servers)}"

    def token(self, account: str) -> Token:
        """Find the account's token; LinkedIn is not asked.

        Raises:
            CredentialsError: There is none.
        """
        found = self.wallet.token(self.key_of(account))
        self.on_token(found.value.reveal())
        return found

    def token_to_send(self, account: str) -> Token:
        """Find the account's token, and refresh it where it has expired or soon will and LinkedIn gave a refresh token.

        Raises:
            CredentialsError: There is none that works.
        """
        from crosspost.signin.renewal import token_to_send  # noqa: PLC0415 - see above

        found = token_to_send(self.desk(account))
        self.on_token(found.value.reveal())
        return found

    def account(self, name: str) -> Account:
        """Return what is known of an account without asking LinkedIn or a person."""
        from crosspost.signin.account import account  # noqa: PLC0415 - see above

        author = self.loaded.destination(name).linkedin.author
        return account(name, key=self.key_of(name), author=author, wallet=self.wallet, now=self.clock.now())

    def desk(self, account: str) -> Desk:
        """Return what signing in, renewing and signing out of an account work with.

        Raises:
            SettingsError: There is no such account.
        """
        from crosspost.signin.desk import Desk  # noqa: PLC0415 - see above

        return Desk(
            account=self.key_of(account),
            author=self.loaded.destination(account).linkedin.author,
            wallet=self.wallet,
            connect=partial(self._oauth, account),
            who=partial(self._who, account),
            clock=self.clock,
        )

    def _oauth(self, account: str, app: App) -> OAuth:
        from crosspost.linkedin.oauth.client import OAuth  # noqa: PLC0415 - see above

        linkedin = self.loaded.destination(account).linkedin
        return OAuth(
            oauth_url=linkedin.oauth_url,
            redirect_uri=linkedin.redirect_uri,
            client_id=app.client_id,
            client_secret=app.secret.reveal() if app.secret else None,
            timeout=linkedin.timeout,
            clock=self.clock,
            hide=self.on_token,
        )

    def _who(self, account: str, token: Secret) -> str | Rejected:
        """Ask LinkedIn whose token this is, whatever author the settings name."""
        self.on_token(token.reveal())
        return self._publisher(account, token.reveal, author="").author()

    def publisher(self, account: str, files: Files | None = None) -> Publisher:
        """Return the account's way to LinkedIn; the token is looked for when it is first needed.

        Args:
            account: Its name.
            files: Where the files are that posts name; by default the account's site, read anew.

        Raises:
            SettingsError: There is no such account, or its settings cannot be used.
        """
        author = self.loaded.destination(account).linkedin.author
        files, uploads = files or self.source(account), self.ledger
        return self._publisher(account, _once(lambda: self.token_to_send(account).value), author, files, uploads)

    def _publisher(
        self,
        account: str,
        token: Callable[[], str],
        author: str,
        files: Files | None = None,
        uploads: UploadRecords | None = None,
    ) -> Publisher:
        from crosspost.linkedin.fitness import unfit  # noqa: PLC0415 - see above
        from crosspost.linkedin.late import LatePublisher  # noqa: PLC0415 - see above

        linkedin, version = self.loaded.destination(account).linkedin, self._api_version(account)
        if problems := unfit(linkedin.api_url, version, author, linkedin.timeout):
            raise SettingsError(*problems)

        def make() -> Publisher:
            from crosspost.linkedin.client import LinkedInPublisher  # noqa: PLC0415 - only who sends pays for it

            return LinkedInPublisher(
                api_url=linkedin.api_url,
                api_version=version,
                token=token,
                author=author,
                timeout=linkedin.timeout,
                clock=self.clock,
                files=files,
                uploads=uploads,
                comment_fallback=linkedin.comment_fallback,
            )

        return LatePublisher(make)

    def _api_version(self, account: str) -> ApiVersion:
        """Return which version is sent: the setting, or with "auto" the one that works, which the ledger remembers."""
        from crosspost.linkedin.versions import AUTO, FixedVersion, FoundVersion  # noqa: PLC0415 - see above

        linkedin = self.loaded.destination(account).linkedin
        if linkedin.api_version != AUTO:
            return FixedVersion(linkedin.api_version)
        return FoundVersion(
            recall=lambda: self.ledger.notes("api_version").get(linkedin.api_url),
            remember=lambda found: self.ledger.note("api_version", linkedin.api_url, found, self.clock.now()),
            today=lambda: self.clock.now().date(),
        )

    def version_warning(self, account: str) -> Problem | None:
        """Return a warning where LinkedIn will soon end, or has ended, the API version that is set."""
        from crosspost.linkedin.versions import AUTO, version_problem, version_warning  # noqa: PLC0415 - see above

        version, today = self.loaded.destination(account).linkedin.api_version, self.clock.now().date()
        if version == AUTO:
            return None
        return version_problem(version, today) or version_warning(version, today)

    def run(self, account: str) -> Run:
        """Return what one account's run works with.

        Raises:
            SettingsError: There is no such account.
            LedgerError: The ledger cannot be used.
        """
        from crosspost.ledger.liveness import owner  # noqa: PLC0415 - see above
        from crosspost.pipeline.run import Run  # noqa: PLC0415 - see above

        source = self.source(account)
        policy = self.policy(account, source)
        return Run(
            site=site_identity(source, self.loaded.destination(account).linkedin.api_url),
            source=source,
            ledger=self.ledger,
            publisher=self.publisher(account, source),
            policy=policy,
            clock=self.clock,
            owner=owner(),
            api_url=self.loaded.destination(account).linkedin.api_url,
            pages=self.pages if self.loaded.destination(account).schedule.wait_for_page else None,
            repository=self._repository(account, source, policy.write_back),
        )

    def _repository(self, account: str, source: JekyllSite, policy: WriteBackPolicy) -> Repository | None:
        mode = self.loaded.destination(account).writeback.git
        return None if mode == "off" else source.repository(mode, policy, self.clock, self.environ)


def site_identity(source: JekyllSite, api_url: str) -> str:
    """Return the site's name in the ledger: its URL, which survives a move of the folder; else the folder.

    What was published to a test server is not on LinkedIn: the server is part of the name where it is another one.
    """
    site = source.site
    identity = f"{site.url}{site.baseurl}" if site.url else source.root.as_posix()
    return identity if api_url == API else f"{identity} on {api_url}"


def _once(find: Callable[[], Secret]) -> Callable[[], str]:
    """Return a function that looks for the token at its first call and keeps it, hidden, for the next ones."""
    found: list[Secret] = []

    def reveal() -> str:
        if not found:
            found.append(find())
        return found[0].reveal()

    return reveal
