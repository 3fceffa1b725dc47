"""The one file of the blog that knows the plug-in: what the blog takes from `comments`, and no more."""

from comments.brakes import Brakes
from comments.cache import Versions
from comments.database import UtcDateTime, reading, tune_sqlite, writing
from comments.extension import Comments
from comments.host import Host, Person, Subject
from comments.imports import Brought, Imported, ids_given
from comments.models import NAMES
from comments.network import household
from comments.settings import SettingError, setting
from comments.texts import Catalogue, beside, language
from comments.writing.markup import ARTICLE, Refused, Rendered, normalise, plain, render

__all__ = [
    "ARTICLE",
    "NAMES",
    "Brakes",
    "Brought",
    "Catalogue",
    "Comments",
    "Host",
    "Imported",
    "Person",
    "Refused",
    "Rendered",
    "SettingError",
    "Subject",
    "UtcDateTime",
    "Versions",
    "beside",
    "household",
    "ids_given",
    "language",
    "normalise",
    "plain",
    "reading",
    "render",
    "setting",
    "tune_sqlite",
    "writing",
]
