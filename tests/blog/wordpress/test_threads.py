"""Whatever the file says, comments come parents first and nobody is lost."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from blog.wordpress.records import ExportComment
from blog.wordpress.threads import parents_first

START = datetime(2011, 12, 13, tzinfo=UTC)


def said(number: int, parent: int | None = None, minute: int = 0) -> ExportComment:
    return ExportComment(
        old_id=number,
        parent_old_id=parent,
        kind="comment",
        state="approved",
        author_login="",
        author_name="Saskia",
        author_email="",
        author_url="",
        ip="",
        created_at=START + timedelta(minutes=minute),
        html="<p>Eens.</p>",
        line=number + 100,
    )


def parents(comments) -> dict[int, int | None]:
    return {comment.old_id: comment.parent_old_id for comment in comments}


def stands_in_order(comments) -> bool:
    seen: set[int | None] = {None}
    for comment in comments:
        if comment.parent_old_id not in seen:
            return False
        seen.add(comment.old_id)
    return True


@st.composite
def trees(draw):
    """Each comment hangs under one drawn before it; numbers, dates and file order are free."""
    numbers = draw(st.lists(st.integers(-50, 50).filter(bool), unique=True, max_size=30))
    comments = [
        said(number, draw(st.sampled_from([None, *numbers[:place]])), draw(st.integers(0, 9)))
        for place, number in enumerate(numbers)
    ]
    return draw(st.permutations(comments))


@given(trees())
def test_any_tree_comes_out_parents_first_with_the_same_parents(comments):
    ordered, notices = parents_first(comments)
    assert stands_in_order(ordered)
    assert parents(ordered) == parents(comments)
    assert notices == []


@given(st.dictionaries(st.integers(1, 20), st.none() | st.integers(1, 25)))
def test_any_tangle_comes_out_parents_first_with_only_what_must_be_mended(links):
    ordered, notices = parents_first([said(number, parent) for number, parent in links.items()])
    assert stands_in_order(ordered)
    assert parents(ordered).keys() == links.keys()
    mended = {number for number, parent in parents(ordered).items() if parent != links[number]}
    assert mended == {notice.old_id for notice in notices}
    assert all(parents(ordered)[number] is None for number in mended)
    orphans = {n for n, parent in links.items() if parent is not None and parent not in links}
    assert {one.old_id for one in notices if one.code == "orphan"} == orphans


def test_comments_stand_by_date_then_number_where_no_parent_forbids_it():
    ordered, _ = parents_first([said(4, minute=2), said(3, minute=2), said(9, minute=1)])
    assert [comment.old_id for comment in ordered] == [9, 3, 4]


def test_a_reply_dated_before_its_parent_still_follows_it():
    ordered, _ = parents_first([said(1, parent=2, minute=0), said(2, minute=5)])
    assert [comment.old_id for comment in ordered] == [2, 1]


def test_a_comment_that_answers_itself_becomes_top_level():
    ordered, notices = parents_first([said(1, parent=1)])
    assert parents(ordered) == {1: None}
    assert [(one.code, one.old_id, one.line) for one in notices] == [("circle", 1, 101)]


def test_a_circle_opens_at_its_earliest_comment_and_keeps_the_other_links():
    comments = [said(1, 3, minute=9), said(2, 1, minute=1), said(3, 2, minute=5), said(4, 3)]
    ordered, notices = parents_first(comments)
    assert parents(ordered) == {1: 3, 2: None, 3: 2, 4: 3}
    assert [one.old_id for one in notices] == [2]


def test_a_thread_may_be_deeper_than_any_stack():
    deep = [said(number, number - 1 or None) for number in range(50_000, 0, -1)]
    ordered, _ = parents_first(deep)
    assert [comment.old_id for comment in ordered] == list(range(1, 50_001))
