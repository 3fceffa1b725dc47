"""The tree as it is shown: every view once, under the nearest that leads to it, the reader's own among them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from comments.place import WIDTH
from comments.thread import Answered, CommentView, Node, merged, nest

from .host import START
from .test_place import Placed, in_reading_order, trees


def view(
    id_: int, root: int | None = None, path: str = "", parent: int | None = None
) -> CommentView:
    return CommentView(
        id=id_,
        parent_id=parent,
        root_id=root or id_,
        path=path,
        name=f"lezer {id_}",
        url="",
        html=Markup(),
        at=START,
        avatar=Markup(),
        permalink="",
        answers=Answered(parent, f"lezer {parent}", "") if parent else None,
    )


def views_of(comments: list[Placed]) -> list[CommentView]:
    return [view(c.id, c.spot.root_id, c.spot.path, c.parent) for c in in_reading_order(comments)]


def flat(nodes: tuple[Node, ...]) -> list[CommentView]:
    return [v for node in nodes for v in (node.c, *flat(node.children))]


def shape(nodes: tuple[Node, ...]) -> list[tuple[int, list[object]]]:
    return [(node.c.id, [*shape(node.children)]) for node in nodes]


def step(*numbers: int) -> str:
    return "".join(f"{n:0{WIDTH}x}" for n in numbers)


@given(trees())
def test_every_view_is_nested_once_and_in_reading_order(tree: tuple[list[Placed], int]) -> None:
    views = views_of(tree[0])
    assert [v.id for v in flat(nest(views))] == [v.id for v in views]


@given(trees())
def test_a_reply_is_nested_under_its_parent_as_far_as_there_is_room(
    tree: tuple[list[Placed], int],
) -> None:
    comments, levels = tree
    under = {
        child.c.id: node.c.id for node in every(nest(views_of(comments))) for child in node.children
    }
    for comment in comments:
        if comment.parent is not None and comment.spot.depth < levels:
            assert under[comment.id] == comment.parent


def every(nodes: tuple[Node, ...]) -> list[Node]:
    return [n for node in nodes for n in (node, *every(node.children))]


@given(trees())
def test_only_a_reply_that_stands_elsewhere_says_whom_it_answers(
    tree: tuple[list[Placed], int],
) -> None:
    for node in every(nest(views_of(tree[0]))):
        for child in node.children:
            assert (child.c.answers is None) == (child.c.parent_id == node.c.id)


@given(trees(), st.data())
def test_a_page_that_begins_in_the_middle_keeps_siblings_side_by_side(
    tree: tuple[list[Placed], int], data: st.DataObject
) -> None:
    views = views_of(tree[0])
    root = views[0]
    branch = [v for v in views if v.root_id == root.id and v.id != root.id]
    start = data.draw(st.integers(0, len(branch)))
    for node in every(nest([root, *branch[start:]])):
        for child in node.children:
            assert child.c.path.startswith(node.c.path)


def test_replies_whose_parent_is_on_the_page_before_are_not_nested_in_each_other() -> None:
    found = nest([view(1), view(5, 1, step(2, 5), 2), view(6, 1, step(2, 6), 2)])
    assert shape(found) == [(1, [(5, []), (6, [])])]


def test_the_readers_own_reply_is_put_among_the_replies_to_its_parent() -> None:
    public = [view(1), view(2, 1, step(2), 1), view(4, 1, step(4), 1), view(9)]
    placed, rest = merged(public, [view(12, 1, step(2, 12), 2)])
    assert [v.id for v in placed] == [1, 2, 12, 4, 9]
    assert rest == []


def test_the_readers_own_reply_to_what_is_folded_is_not_put_under_somebody_else() -> None:
    public = [view(1), view(2, 1, step(2), 1)]
    placed, _ = merged(public, [view(12, 1, step(7, 12), 7)])
    assert shape(nest(placed)) == [(1, [(2, []), (12, [])])]


def test_two_of_the_readers_own_that_answer_each_other_keep_their_order() -> None:
    own = [view(2, 1, step(2), 1), view(3, 1, step(2, 3), 2)]
    placed, _ = merged([view(1), view(9)], own)
    assert shape(nest(placed)) == [(1, [(2, [(3, [])])]), (9, [])]


def test_the_readers_own_comment_without_a_root_here_stands_apart() -> None:
    placed, rest = merged([view(1)], [view(2), view(5, 4, step(5), 4)])
    assert [v.id for v in placed] == [1]
    assert [v.id for v in rest] == [2, 5]


def test_what_is_public_here_is_not_shown_twice() -> None:
    placed, rest = merged([view(1), view(2, 1, step(2), 1)], [view(2, 1, step(2), 1)])
    assert [v.id for v in placed] == [1, 2]
    assert rest == []


def test_the_author_sees_his_text_where_others_see_a_placeholder() -> None:
    gone, own = replace(view(1), name="", removed=True), view(1)
    placed, rest = merged([gone, view(2, 1, step(2), 1)], [own])
    assert placed[0] == own
    assert rest == []
