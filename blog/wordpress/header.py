"""Reads what stands above the items of an export, and refuses a format that is not WordPress'."""

import html
import re
from collections.abc import Iterator

from .parse import RawRecord
from .records import BrokenExport, ExportAuthor, ExportHeader, ExportTerm
from .values import distinct, read_term

VERSION = re.compile(r"1\.\d+")


def header(channel: RawRecord) -> ExportHeader:
    return ExportHeader(
        title=html.unescape(channel["title"]),
        base_url=channel["wp:base_blog_url"] or channel["link"],
        version=_version(channel),
        language=channel["language"],
        authors=tuple(map(_author, channel.named("wp:author"))),
        terms=distinct(_terms(channel)),
    )


def _version(channel: RawRecord) -> str:
    version = channel["wp:wxr_version"]
    if not version:
        raise BrokenExport("is no WordPress export: <wp:wxr_version> is missing", channel.line)
    if not VERSION.fullmatch(version):
        raise BrokenExport(f"has WXR version {version!r}; only 1.x is known", channel.line)
    return version


def _author(author: RawRecord) -> ExportAuthor:
    login = author["wp:author_login"]
    name = html.unescape(author["wp:author_display_name"]) or login
    return ExportAuthor(login, name, author["wp:author_email"])


def _terms(channel: RawRecord) -> Iterator[ExportTerm | None]:
    for one in channel.within:
        if one.name == "wp:category":
            yield read_term("category", one["wp:category_nicename"], one["wp:cat_name"])
        elif one.name == "wp:tag":
            yield read_term("post_tag", one["wp:tag_slug"], one["wp:tag_name"])
        elif one.name == "wp:term":
            yield read_term(one["wp:term_taxonomy"], one["wp:term_slug"], one["wp:term_name"])


def staff_logins(channel: RawRecord) -> dict[int, str]:
    """Login by the number that comments know their writer by."""
    numbered = ((one.number("wp:author_id"), one) for one in channel.named("wp:author"))
    return {number: one["wp:author_login"] for number, one in numbered if number is not None}
