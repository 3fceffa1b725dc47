"""The one file of the blog that knows the plug-in: what the blog takes from `comments`, and no more."""

from comments.atom import Entry, Feed, tag_uri
from comments.brakes import Brakes
from comments.cache import Versions
from comments.database import UtcDateTime, reading, tune_sqlite, writing
from comments.extension import Comments
from comments.facts import Mode
from comments.host import Host, Person, Subject
from comments.imports import Brought, Imported, ids_given
from comments.network import household
from comments.schema import NAMES
from comments.settings import SettingError, setting
from comments.steering.marks import SLOWEST
from comments.texts import Catalogue, beside, language
from comments.thread import Placed
from comments.writing.absolute import absolute
from comments.writing.markup import ARTICLE, Refused, Rendered, normalise, plain, render

__all__ = [
    "ARTICLE",
    "NAMES",
    "SLOWEST",
    "Brakes",
    "Brought",
    "Catalogue",
    "Comments",
    "Entry",
    "Feed",
    "Host",
    "Imported",
    "Mode",
    "Person",
    "Placed",
    "Refused",
    "Rendered",
    "SettingError",
    "Subject",
    "UtcDateTime",
    "Versions",
    "absolute",
    "beside",
    "household",
    "ids_given",
    "language",
    "normalise",
    "plain",
    "reading",
    "render",
    "setting",
    "tag_uri",
    "tune_sqlite",
    "writing",
]
