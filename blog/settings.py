"""What a site may set of the blog, and of the site as a whole; reads no environment itself."""

from dataclasses import dataclass

from babel.dates import get_timezone

from .discussion import SettingError, setting


@dataclass(frozen=True)
class Settings:
    secret_key: str = setting("", "signs sessions and tokens", name="SECRET_KEY", secret=True)
    site_url: str = setting(
        "http://127.0.0.1:8000", "the address at which readers find the site", name="SITE_URL"
    )
    database_url: str = setting(
        "sqlite:///instance/weerwoord.db",
        "the database, as SQLAlchemy names it",
        name="DATABASE_URL",
    )
    redis_url: str = setting("", "Redis, for more than one machine", name="REDIS_URL")
    mail_url: str = setting(
        "",
        "mail server, `smtp://user:pass@host:port?tls=starttls` (or `tls`, `none`); without one "
        "letters are only written to `instance/mail/`",
        name="MAIL_URL",
        secret=True,
    )
    mail_from: str = setting(
        "weerwoord@localhost",
        "the sender of mail, `Name <address>` or an address",
        name="MAIL_FROM",
    )
    proxy_hops: int = setting(0, "proxies of our own in front of the site", name="PROXY_HOPS")
    language: str = setting(
        "nl", "language of the site: `nl`, `en`, or another with a catalogue", name="LANGUAGE"
    )
    choose_language: bool = setting(
        False, "readers get the language that their browser asks for, and a switch at the foot"
    )
    demo_password: str = setting("", "one password for the demo accounts", name="DEMO_PASSWORD")
    title: str = setting("Weerwoord", "name of the site")
    tagline: str = setting("Over strategie, met tegenspraak", "what the site is about, in a line")
    per_page: int = setting(10, "articles on one page of a list")
    timezone: str = setting("Europe/Amsterdam", "time zone of the dates that readers see")
    words_per_minute: int = setting(220, "how fast a reader reads, for the reading time")
    close_days: int = setting(
        0,
        "days after which the discussion of an article closes, unless the article says otherwise; 0: never",
        between=(0, 3650),
    )
    contact: str = setting("", "mail address for questions on privacy")

    def __post_init__(self) -> None:
        for name in ("per_page", "words_per_minute"):
            if getattr(self, name) < 1:
                raise SettingError(f"WEERWOORD_BLOG_{name.upper()} must be 1 or more")
        try:
            get_timezone(self.timezone)
        except LookupError:
            raise SettingError(
                f"WEERWOORD_BLOG_TIMEZONE is {self.timezone!r}; there is no such time zone"
            ) from None

    @property
    def root(self) -> str:
        """The site's address without a slash at its end."""
        return self.site_url.rstrip("/")

    @property
    def https(self) -> bool:
        return self.site_url.startswith("https://")
