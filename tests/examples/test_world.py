"""Checks that the demo world is complete, consistent and invented; it loads nothing into a site."""

import re
import tomllib
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

DEMO = Path(__file__).parents[2] / "examples" / "world"
WORLD = tomllib.loads((DEMO / "world.toml").read_text("utf-8"))
SUMMER_ENDS = datetime(2026, 10, 25, 1, tzinfo=UTC)
RESERVED = set(
    "page tag author search feed.atom comments.atom sitemap.xml robots.txt privacy guidelines "
    "comments me login logout account desk hub studio api embed.js healthz readyz metrics".split()
)

Row = dict[str, Any]


class Article(NamedTuple):
    """One file: where it lies, its front matter, its Markdown."""

    path: Path
    meta: Row
    body: str


def read(path: Path) -> Article:
    before, front, body = path.read_text("utf-8").split("+++\n", 2)
    assert before == ""
    return Article(path, tomllib.loads(front), body)


ARTICLES = [read(path) for path in sorted((DEMO / "articles").glob("*.md"))]
PUBLISHED = {a.meta["slug"]: a for a in ARTICLES if a.meta["state"] == "published"}
COMMENTS: list[Row] = WORLD["comment"]
BY_KEY = {comment["key"]: comment for comment in COMMENTS}
PEOPLE: dict[str, Row] = {person["login"]: person for person in WORLD["person"]}
UNITS: dict[str, Row] = {unit["key"]: unit for unit in WORLD["unit"]}

each_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.path.stem)


def in_state(state: str) -> list[Row]:
    return [comment for comment in COMMENTS if comment["state"] == state]


def was_on_the_page(comment: Row) -> bool:
    return comment["state"] == "approved" or "was_approved" in comment


def branch(comment: Row) -> list[str]:
    above = branch(BY_KEY[comment["parent"]]) if "parent" in comment else []
    return [*above, comment["key"]]


def keeps_dutch_time(moment: datetime) -> bool:
    return moment.utcoffset() == timedelta(hours=2 if moment < SUMMER_ENDS else 1)


@each_article
def test_the_front_matter_of_an_article_is_complete(article: Article) -> None:
    expected = {"title", "slug", "author", "unit", "tags", "summary", "comments", "state"}
    if article.meta["state"] == "published":
        expected.add("published")
    assert set(article.meta) == expected
    assert article.meta["comments"] in {"open", "closed"}
    assert article.meta["state"] in {"published", "submitted", "draft"}
    assert len(article.meta["tags"]) >= 2


@each_article
def test_an_article_lies_in_the_file_of_its_slug_and_the_slug_is_free(article: Article) -> None:
    slug = article.meta["slug"]
    assert article.path.stem == slug
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert slug not in RESERVED


@each_article
def test_an_article_counts_three_to_six_hundred_words(article: Article) -> None:
    assert 300 <= len(re.findall(r"\w[\w’.-]*", re.sub(r"]\(\S+\)", "]", article.body))) <= 600


@each_article
def test_a_summary_is_one_sentence(article: Article) -> None:
    summary = article.meta["summary"]
    assert len(summary) <= 200
    assert summary.endswith(".")
    assert not re.search(r"[.?!] ", summary)


@each_article
def test_an_author_writes_in_a_unit_of_his_own(article: Article) -> None:
    assert article.meta["unit"] in PEOPLE[article.meta["author"]]["author"]


@each_article
def test_an_article_is_markdown_with_headings_and_emphasis(article: Article) -> None:
    assert len(re.findall(r"^## \S", article.body, re.M)) >= 2
    assert re.search(r"(?<![*\w])\*[^*\s][^*]*\*", article.body)
    assert "<" not in article.body


def test_articles_show_lists_quotations_tables_and_links_of_both_kinds() -> None:
    everything = "\n".join(article.body for article in ARTICLES)
    for feature in (r"^1\. ", r"^- ", r"^> ", r"^\|---", r"\*\*\w", r"]\(/", r"]\(https://"):
        assert re.search(feature, everything, re.M), feature


@each_article
def test_an_article_links_only_to_older_ones_and_to_example_domains(article: Article) -> None:
    for target in re.findall(r"]\((\S+?)\)", article.body):
        if slug := re.fullmatch(r"/([a-z0-9-]+)/", target):
            older = PUBLISHED[slug[1]].meta["published"]
            assert "published" not in article.meta or older < article.meta["published"]
        else:
            assert re.match(r"https://[a-z0-9.-]+\.example/", target)


def test_the_blog_has_published_submitted_and_draft_articles_and_one_closed_discussion() -> None:
    states = Counter(article.meta["state"] for article in ARTICLES)
    assert states >= Counter(published=8, submitted=1, draft=1)
    assert [s for s, a in PUBLISHED.items() if a.meta["comments"] == "closed"] == [
        "veertien-paginas-tegen-de-pret"
    ]


def test_articles_are_spread_over_the_year_the_authors_and_the_units() -> None:
    dates = sorted(article.meta["published"] for article in PUBLISHED.values())
    assert all(keeps_dutch_time(date) for date in dates)
    assert dates[0] >= datetime(2026, 6, 1, tzinfo=UTC)
    assert dates[-1] <= datetime(2026, 11, 20, 23, tzinfo=UTC)
    gaps = [later - earlier for earlier, later in pairwise(dates)]
    assert timedelta(days=5) < min(gaps) <= max(gaps) < timedelta(days=35)
    assert {article.meta["author"] for article in PUBLISHED.values()} == set(PEOPLE)
    assert {article.meta["unit"] for article in PUBLISHED.values()} == set(UNITS)


def test_there_is_one_hub_and_the_spokes_utrecht_and_gent_hang_on_it() -> None:
    assert {key: (unit["kind"], unit.get("parent")) for key, unit in UNITS.items()} == {
        "centraal": ("hub", None),
        "utrecht": ("spoke", "centraal"),
        "gent": ("spoke", "centraal"),
    }
    assert UNITS["centraal"]["name"] == "Centrale redactie"
    assert all(unit["languages"] and unit["timezone"] for unit in UNITS.values())


def test_the_cast_has_the_parts_that_the_contract_gives_it() -> None:
    parts = {
        login: (person["admin"], person["author"], person["desk"], person.get("represents"))
        for login, person in PEOPLE.items()
    }
    assert parts == {
        "ada": (True, ["centraal"], ["centraal"], None),
        "bob": (False, ["utrecht"], ["utrecht"], None),
        "cas": (False, ["gent"], ["gent"], None),
        "dirk": (False, ["utrecht"], [], None),
        "hub": (False, ["centraal"], ["centraal"], "utrecht"),
    }


@pytest.mark.parametrize("login", sorted(PEOPLE))
def test_a_person_has_a_full_name_an_address_and_a_bio_of_two_sentences(login: str) -> None:
    person = PEOPLE[login]
    assert person["email"] == f"{login}@weerwoord.example"
    assert person["name"].casefold().startswith(f"{login} ")
    assert person["bio"].startswith(person["name"])
    assert len(re.findall(r"\.(?: |$)", person["bio"])) == 2


def test_a_comment_is_by_a_person_of_the_house_or_by_a_guest_with_name_and_address() -> None:
    for comment in COMMENTS:
        signature = {"person", "name", "email"} & set(comment)
        assert signature in ({"person"}, {"name", "email"}), comment["key"]
    by_house = [comment for comment in COMMENTS if "person" in comment]
    assert {comment["person"] for comment in by_house} == set(PEOPLE)
    assert {comment["state"] for comment in by_house} == {"approved"}


def test_a_comment_comes_after_its_published_article_and_before_the_end_of_the_discussion() -> None:
    for comment in COMMENTS:
        article = PUBLISHED[comment["article"]].meta
        closing = "2026-09-14" if article["comments"] == "closed" else "2026-11-24"
        assert keeps_dutch_time(comment["at"]), comment["key"]
        assert article["published"] < comment["at"], comment["key"]
        assert comment["at"].date().isoformat() < closing, comment["key"]


def test_a_reply_answers_an_older_comment_that_stood_on_the_same_page() -> None:
    seen: dict[str, Row] = {}
    for comment in COMMENTS:
        if "parent" in comment:
            parent = seen[comment["parent"]]
            assert parent["article"] == comment["article"], comment["key"]
            assert parent["at"] < comment["at"], comment["key"]
            assert was_on_the_page(parent), comment["key"]
        seen[comment["key"]] = comment


def test_only_a_rejected_comment_has_a_reason_and_it_is_short() -> None:
    with_reason = {c["key"] for c in COMMENTS if 40 <= len(c.get("reason", "")) <= 300}
    assert with_reason == {comment["key"] for comment in in_state("rejected")}


def test_a_text_is_said_once_stands_as_typed_and_is_not_too_long() -> None:
    texts = [comment["text"] for comment in COMMENTS]
    assert len(set(texts)) == len(texts) == len(BY_KEY)
    assert texts == [text.strip() for text in texts]
    assert 1 <= min(map(len, texts)) <= max(map(len, texts)) <= 5000


def test_an_address_belongs_to_one_guest() -> None:
    pairs = {(c["email"], c["name"]) for c in COMMENTS if "email" in c}
    assert len(pairs) == len({email for email, _ in pairs}) == len({name for _, name in pairs})


def test_every_state_is_there_in_good_number() -> None:
    states = Counter(comment["state"] for comment in COMMENTS)
    assert set(states) == {"approved", "pending", "rejected", "spam", "withdrawn"}
    assert states >= Counter(approved=45, pending=12, rejected=4, spam=8, withdrawn=2)
    assert 80 <= states.total() <= 100


def test_every_unit_has_comments_that_wait() -> None:
    waiting = Counter(PUBLISHED[c["article"]].meta["unit"] for c in in_state("pending"))
    assert min(waiting[unit] for unit in UNITS) >= 3


def test_among_those_that_wait_are_two_links_english_an_answer_and_a_second_attempt() -> None:
    waiting = in_state("pending")
    assert any(comment["text"].count("https://") == 2 for comment in waiting)
    assert any(comment.get("lang") == "en" for comment in waiting)
    assert any("parent" in comment for comment in waiting)
    refused = {comment["email"] for comment in in_state("rejected")}
    assert any(comment["email"] in refused for comment in waiting)


def test_comments_that_left_the_page_have_approved_replies() -> None:
    left = {c["key"]: c["state"] for c in COMMENTS if c.get("was_approved")}
    answered = {left.get(c.get("parent", "")) for c in in_state("approved")}
    assert {"rejected", "withdrawn"} <= answered


def test_at_least_three_conversations_are_five_deep() -> None:
    branches = [branch(comment) for comment in in_state("approved")]
    assert len({keys[0] for keys in branches if len(keys) >= 5}) >= 3


def test_discussions_are_empty_of_one_comment_and_of_twenty() -> None:
    counts = Counter(comment["article"] for comment in in_state("approved")).values()
    assert max(counts) >= 20
    assert min(counts) == 1
    assert len(set(PUBLISHED) - {comment["article"] for comment in COMMENTS}) == 1


def test_every_author_answers_under_his_own_article() -> None:
    answers = {
        c["person"]
        for c in COMMENTS
        if c.get("person") == PUBLISHED[c["article"]].meta["author"] and "parent" in c
    }
    assert answers == set(PEOPLE)


def test_a_few_comments_of_people_are_in_english() -> None:
    english = [c for c in COMMENTS if c.get("lang") == "en" and c["state"] != "spam"]
    assert 4 <= len(english) <= 6


def test_texts_hold_the_characters_that_break_careless_software() -> None:
    texts = [comment["text"] for comment in COMMENTS if was_on_the_page(comment)]
    for awkward in ('"', "\\", "1 < 2", "\n> ", "\n- ", "`", "\N{WINKING FACE}"):
        assert any(awkward in f"\n{text}" for text in texts), awkward
    assert any(unicodedata.bidirectional(char) == "AL" for text in texts for char in text)
    assert any(unicodedata.combining(char) for text in texts for char in text)


def test_spam_comes_from_as_many_senders_as_there_is_spam() -> None:
    senders = {comment["email"].rpartition("@")[2] for comment in in_state("spam")}
    assert len(senders) == len(in_state("spam"))


@pytest.mark.parametrize(
    "path", sorted([*DEMO.rglob("*.md"), *DEMO.rglob("*.toml")]), ids=lambda path: path.name
)
def test_every_address_in_the_demo_world_is_an_example(path: Path) -> None:
    text = path.read_text("utf-8")
    hosts = re.findall(r"[\w.+-]+@([\w.-]+\w)", text) + re.findall(r"https?://([\w.-]+)", text)
    assert [host for host in hosts if not host.endswith(".example")] == []
    assert not re.search(r"\b0\d[\d -]{7,}\d\b|\b\d{4} ?[A-Z]{2}\b", text)
