"""Brings an export into the blog: articles with their authors, tags, old addresses and comments.

All of it is a part of its caller's one transaction. Nothing is sent, nobody is asked, and no
account is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from sqlalchemy.orm import Session

from . import queries, reading
from .actions import numbered
from .addresses import OLD_ADDRESS_LIMIT, article_url, old_path
from .discussion import ARTICLE, Comments, Imported, Refused, plain, render
from .host import subject_of
from .manuscript import SUMMARY_LIMIT
from .models import IMPORTED_FROM_LIMIT, Article, Author, OldAddress, Tag
from .report import Report
from .states import State
from .wordpress.records import ExportComment, ExportHeader, ExportItem, ItemStatus, Notice, Record

STATES: Mapping[ItemStatus, State] = {
    "published": State.PUBLISHED,
    "submitted": State.SUBMITTED,
    "scheduled": State.DRAFT,
    "draft": State.DRAFT,
}
TITLE_LIMIT = 500
BEGINNING = 220
UNNAMED_AUTHOR = "Redactie"


@dataclass
class Importing:
    """One export on its way in. `reserved` are first segments that no article may have."""

    session: Session
    comments: Comments
    reserved: frozenset[str]
    unit_key: str
    now: datetime
    report: Report
    header: ExportHeader | None = None
    authors: dict[str, Author] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        match record:
            case ExportHeader():
                self.header, self.report.title = record, record.title
            case Notice():
                self.report.note(record)
            case ExportItem():
                self.item(record)
                self.session.flush()
            case _:
                assert_never(record)

    def item(self, item: ExportItem) -> None:
        """The article, unless it is here already, and those of its comments that are not."""
        source = self.imported_from(item)
        article = queries.imported_article(self.session, source)
        if article is None:
            article = self.article(item, source)
        else:
            self.report.known[f"{item.kind}, {article.state}"] += 1
        if article is not None:
            self.discussion(item, article)

    def imported_from(self, item: ExportItem) -> str:
        """What makes an item of an export the same when it comes again."""
        base = self.header.base_url if self.header else ""
        return f"{base}#{item.old_id}"[-IMPORTED_FROM_LIMIT:]

    def article(self, item: ExportItem, source: str) -> Article | None:
        try:
            rendered = render(item.html, "html", ARTICLE)
            html = rendered.html
            if not rendered.agreed:
                self.report.put("repaired", "text: unclear HTML, shown as typed", where(item))
        except Refused as refused:
            if refused.reason != "empty":
                self.report.put("left_out", f"{item.kind}: text {refused.reason}", where(item))
                return None
            html = ""
        article = self.filled(item, html, source)
        self.session.add(article)
        self.session.flush()
        self.addresses(item, article)
        self.report.added[f"{item.kind}, {article.state}"] += 1
        return article

    def filled(self, item: ExportItem, html: str, source: str) -> Article:
        state = STATES[item.status]
        if item.status == "scheduled":
            self.report.put("repaired", "scheduled: now a draft", where(item))
        words = plain(html)
        return Article(
            slug=self.slug(item),
            title=item.title[:TITLE_LIMIT],
            summary=summary(item, words),
            source=item.html,
            source_format="html",
            html=html,
            kind=item.kind,
            state=state,
            author=self.author(item.author_login),
            tags=self.tags(item),
            unit_key=self.unit_key,
            comments_open=item.comments_open,
            sticky=item.sticky,
            words=reading.words(words),
            imported_from=source,
            created_at=item.published_at or item.modified_at or self.now,
            updated_at=item.modified_at or item.published_at or self.now,
            published_at=item.published_at if state is State.PUBLISHED else None,
        )

    def slug(self, item: ExportItem) -> str:
        wished = (
            reading.slugify(item.slug) or reading.slugify(item.title) or f"artikel-{item.old_id}"
        )
        taken = {*queries.slugs_like(self.session, wished), *self.reserved}
        slug = numbered(wished, taken)
        if slug != wished:
            self.report.put("repaired", "slug taken", f"{where(item)}: {wished} is now {slug}")
        return slug

    def author(self, login: str) -> Author:
        """By name: an author of that name without an account, or a new one; never an account."""
        if login not in self.authors:
            name = self.name_of(login)
            found = queries.author_without_account(self.session, name)
            self.authors[login] = found or self.new_author(name)
        return self.authors[login]

    def name_of(self, login: str) -> str:
        listed = self.header.authors if self.header else ()
        names = {author.login: author.name for author in listed}
        return names.get(login) or login or UNNAMED_AUTHOR

    def new_author(self, name: str) -> Author:
        wished = reading.slugify(name) or "auteur"
        author = Author(
            slug=numbered(wished, queries.authors_like(self.session, wished)), name=name, bio=""
        )
        self.session.add(author)
        self.session.flush()
        self.report.added["author"] += 1
        return author

    def tags(self, item: ExportItem) -> list[Tag]:
        """Tags and categories alike: readers find articles by both."""
        wanted = {
            reading.slugify(term.slug) or reading.slugify(term.name): term.name
            for term in item.terms
        }
        wanted.pop("", None)
        found = {tag.slug: tag for tag in queries.tags_of(self.session, wanted.keys())}
        return [found.get(slug) or self.new_tag(slug, name) for slug, name in wanted.items()]

    def new_tag(self, slug: str, name: str) -> Tag:
        tag = Tag(slug=slug, name=name[:200])
        self.session.add(tag)
        self.report.added["tag"] += 1
        return tag

    def addresses(self, item: ExportItem, article: Article) -> None:
        by_number = f"/?{'page_id' if item.kind == 'page' else 'p'}={item.old_id}"
        for path in dict.fromkeys([old_path(item.link), by_number]):
            if path in ("", "/", article_url(article.slug).rstrip("/")) or item.old_id < 1:
                continue
            if len(path) > OLD_ADDRESS_LIMIT or self.session.get(OldAddress, path) is not None:
                self.report.put(
                    "left_out", "address: another article has it", f"{where(item)}: {path}"
                )
                continue
            self.session.add(OldAddress(path=path, article_id=article.id))
            self.session.flush()

    def discussion(self, item: ExportItem, article: Article) -> None:
        if not item.comments:
            return
        brought = self.comments.bring(
            self.session, subject_of(article), [self.imported(comment) for comment in item.comments]
        )
        by_id = {comment.old_id: comment for comment in item.comments}
        for old_id in brought.added:
            self.report.added[f"{by_id[old_id].kind}, {by_id[old_id].state}"] += 1
        for old_id in brought.known:
            self.report.known[f"{by_id[old_id].kind}, {by_id[old_id].state}"] += 1
        for old_id in brought.renumbered:
            self.report.put(
                "repaired", "comment number taken: the old one stays an alias", place(by_id[old_id])
            )
        for old_id, reason in brought.refused:
            self.report.put("left_out", f"comment: text {reason}", place(by_id[old_id]))

    def imported(self, comment: ExportComment) -> Imported:
        staff = self.author(comment.author_login).key if comment.author_login else ""
        return Imported(
            old_id=comment.old_id,
            parent_old_id=comment.parent_old_id,
            kind=comment.kind,
            state=comment.state,
            author_name=comment.author_name,
            author_email=comment.author_email,
            author_url=comment.author_url,
            created_at=comment.created_at,
            html=comment.html,
            person_key=staff,
        )


def summary(item: ExportItem, words: str) -> str:
    """What its author wrote as such, else the beginning of the text."""
    own = plain(item.excerpt)
    return reading.summary(own, SUMMARY_LIMIT) if own else reading.summary(words, BEGINNING)


def where(item: ExportItem) -> str:
    return f"line {item.line} (id {item.old_id})"


def place(comment: ExportComment) -> str:
    return f"line {comment.line} (comment {comment.old_id})"
