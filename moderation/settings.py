"""What a site may set of the package `moderation`; data only."""

from dataclasses import dataclass

from comments.settings import setting


@dataclass(frozen=True)
class Settings:
    links_held: int = setting(2, "links from which on a comment is held")
    trusted_after: int = setting(
        3,
        "approved comments after which a confirmed address skips the queue; 0: never",
        between=(0, 1000),
    )
    guideline: str = setting(
        "", "the one line above the form; without one it is the house’s usual line"
    )
    cards_per_page: int = setting(20, "comments on one page of the queue")
    accepted_per_ten_minutes: int = setting(
        10, "comments taken from one address in ten minutes before it is asked to wait"
    )
    akismet_key: str = setting(
        "", "key of Akismet; without one nobody is asked", name="AKISMET_KEY", secret=True
    )
    akismet_url: str = setting(
        "https://rest.akismet.com", "where Akismet is asked", name="AKISMET_URL"
    )
    akismet_mode: str = setting(
        "unsure",
        "when Akismet is asked: never, about what the rules leave open, or always",
        name="AKISMET_MODE",
        among=("off", "unsure", "always"),
    )

    @property
    def asks_akismet(self) -> bool:
        return bool(self.akismet_key) and self.akismet_mode != "off"
