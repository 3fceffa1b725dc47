"""Every text that a person sees, in his language; catalogues are read from .po files as they are."""

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import cast

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_babel, get_locale

SOURCE_LANGUAGE = "en"
SPACED = 1000
"""From here on a number is written in groups."""
PO_FILES = "*/LC_MESSAGES/messages.po"


class Catalogue(Domain):
    """A gettext domain over folders of packages: `<folder>/<language>/LC_MESSAGES/messages.po`."""

    def __init__(self, *folders: Path) -> None:
        super().__init__([])
        self.folders = folders

    def add(self, folder: Path) -> None:
        """Another package's texts, asked after those that are there."""
        if folder not in self.folders:
            self.folders = (*self.folders, folder)

    def get_translations(self) -> NullTranslations:
        return translations(self.folders, language())

    def ngettext(self, singular: str, plural: str, num: int, **variables: object) -> str:
        """Numbers are written as the language does: 12.000 or 12,000."""
        said = self.get_translations().ungettext(singular, plural, num)
        return said % {"num": counted(num, language()), **variables}

    def languages(self) -> list[str]:
        """Languages that have a catalogue, and the source's."""
        found = {file.parts[-3] for folder in self.folders for file in folder.glob(PO_FILES)}
        return sorted({SOURCE_LANGUAGE, *found})


def language() -> str:
    """The language of this request, or the source's where there is no request."""
    locale = get_locale()
    return locale.language if locale else SOURCE_LANGUAGE


def unusual() -> str | None:
    """The language of this request where the site speaks another one, for addresses that go on in it."""
    code = language()
    return None if code == default_language() else code


def default_language() -> str:
    """The language that the site speaks to whoever chose none."""
    return str(Locale.parse(get_babel().default_locale).language)


@lru_cache(maxsize=1000)
def counted(num: int, code: str) -> str:
    return str(num) if abs(num) < SPACED else format_decimal(num, locale=code)


@cache
def translations(folders: tuple[Path, ...], code: str) -> NullTranslations:
    """The catalogues of one language; a text that none of them has stays as it is."""
    found = NullTranslations()
    for folder in folders:
        file = folder / code / "LC_MESSAGES" / "messages.po"
        if file.exists():
            found.add_fallback(compiled(file, code))
    return found


def compiled(file: Path, code: str) -> Translations:
    made = BytesIO()
    with file.open("rb") as lines:
        write_mo(made, read_po(lines, locale=code))
    made.seek(0)
    return Translations(made)


def beside(package_file: str, kind: str, name: str) -> Path:
    """A folder of a package: within it in the wheel, at the top in a checkout."""
    package = Path(package_file).parent
    inside = package / kind
    return inside if inside.exists() else package.parent / kind / name


catalogue = Catalogue(beside(__file__, "translations", "comments"))


def t(text: str, **values: object) -> str:
    return cast(str, catalogue.gettext(text, **values))


def tn(one: str, many: str, num: int, **values: object) -> str:
    return catalogue.ngettext(one, many, num, **values)
