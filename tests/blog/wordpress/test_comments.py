"""What a comment is made of, and what is mended or left out."""

from datetime import UTC, datetime

import pytest

from blog.wordpress.records import ExportComment, Notice

from .samples import comment, item, notices, read_comments, read_item, read_items


def codes(*comments: str) -> list[tuple[str, str]]:
    return [(one.kind, one.code) for one in notices(item(*comments))]


def test_a_comment_is_read_whole():
    (read,) = read_comments(
        comment(
            7,
            wp_comment_author="Zoë &amp; Đặng",
            wp_comment_author_url="http://a.example/?b=1&amp;c=2",
            wp_comment_content="Een.\n\nTwee 🙂\nregels.",
        )
    )
    assert read == ExportComment(
        old_id=7,
        parent_old_id=None,
        kind="comment",
        state="approved",
        author_login="",
        author_name="Zoë & Đặng",
        author_email="jeroen@voorbeeld.example",
        author_url="http://a.example/?b=1&c=2",
        ip="198.51.100.7",
        created_at=datetime(2011, 12, 13, 9, 2, 11, tzinfo=UTC),
        html="<p>Een.</p>\n<p>Twee 🙂<br>regels.</p>",
        line=read.line,
    )


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("1", "approved"),
        ("0", "pending"),
        ("spam", "spam"),
        ("trash", "rejected"),
        ("post-trashed", "rejected"),
    ],
)
def test_each_state_has_its_word(there, here):
    assert read_comments(comment(1, wp_comment_approved=there))[0].state == here
    assert codes(comment(1, wp_comment_approved=there)) == []


@pytest.mark.parametrize("state", ["", "2", "approve", "APPROVED"])
def test_an_unknown_state_waits_for_a_person(state):
    assert read_comments(comment(1, wp_comment_approved=state))[0].state == "pending"
    assert codes(comment(1, wp_comment_approved=state)) == [("repaired", "comment_state")]


@pytest.mark.parametrize(
    ("there", "here"),
    [("", "comment"), ("comment", "comment"), ("pingback", "pingback"), ("trackback", "trackback")],
)
def test_pings_are_kept_apart_from_comments(there, here):
    assert read_comments(comment(1, wp_comment_type=there))[0].kind == here


def test_other_kinds_of_comment_are_left_out_by_name():
    note = comment(1, wp_comment_type="order_note", wp_comment_content="Klant belde boos op.")
    assert read_comments(note) == []
    (notice,) = notices(item(note))
    assert (notice.kind, notice.code, notice.detail, notice.old_id) == (
        "left_out",
        "comment_kind",
        "order_note",
        1,
    )


def test_a_comment_of_staff_carries_the_login():
    by_staff, by_guest = read_comments(
        comment(1, wp_comment_user_id="2"), comment(2, wp_comment_user_id="99")
    )
    assert (by_staff.author_login, by_guest.author_login) == ("noor", "")


@pytest.mark.parametrize("date", ["", "0000-00-00 00:00:00", "2011-02-30 10:00:00", "0999-01-01"])
def test_without_a_date_in_utc_the_local_one_stands_in(date):
    (read,) = read_comments(comment(1, wp_comment_date_gmt=date))
    assert read.created_at == datetime(2011, 12, 13, 10, 2, 11, tzinfo=UTC)
    assert codes(comment(1, wp_comment_date_gmt=date)) == [("repaired", "comment_date")]


def test_without_any_date_that_of_the_article_stands_in():
    undated = comment(1, wp_comment_date_gmt="", wp_comment_date="")
    assert read_comments(undated)[0].created_at == datetime(2011, 12, 13, 8, 15, tzinfo=UTC)


def test_without_any_date_at_all_a_comment_still_has_one():
    undated = comment(1, wp_comment_date_gmt="", wp_comment_date="")
    read = read_item(undated, wp_post_date_gmt="", wp_post_date="", pubDate="")
    assert read.comments[0].created_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_parent_with_a_larger_number_than_its_reply_is_kept():
    late_parent, reply = read_comments(
        comment(3, parent=8, wp_comment_date_gmt="2011-12-14 00:00:00"), comment(8)
    )
    assert (late_parent.old_id, reply.old_id, reply.parent_old_id) == (8, 3, 8)
    assert codes(comment(3, parent=8), comment(8)) == []


def test_a_parent_under_another_article_is_no_parent():
    first = item(comment(1))
    second = item(comment(2, parent=1), wp_post_id="5", guid="5")
    assert read_items(first, second)[1].comments[0].parent_old_id is None
    (notice,) = notices(first, second)
    assert (notice.code, notice.old_id) == ("orphan", 2)


def test_the_reply_to_a_comment_that_is_left_out_becomes_top_level():
    (read,) = read_comments(comment(1, wp_comment_type="review"), comment(2, parent=1))
    assert (read.old_id, read.parent_old_id) == (2, None)


def test_the_very_same_comment_is_left_out_the_second_time():
    assert len(read_comments(comment(1), comment(1))) == 1
    (notice,) = notices(item(comment(1), comment(1)))
    assert (notice.kind, notice.code, notice.detail) == ("left_out", "repeated", "comment")


def test_another_comment_with_a_number_that_is_taken_is_kept_under_one_below_zero():
    numbers = [
        one.old_id for one in read_comments(comment(1), comment(1, wp_comment_content="Anders."))
    ]
    assert sorted(number > 0 for number in numbers) == [False, True]
    assert codes(comment(1), comment(1, wp_comment_content="Anders.")) == [
        ("repaired", "comment_number")
    ]


def test_replies_to_a_number_that_two_comments_have_belong_to_the_first():
    first, second = comment(1), comment(1, wp_comment_content="Anders.")
    (reply,) = (
        one for one in read_comments(first, second, comment(2, parent=1)) if one.old_id == 2
    )
    assert reply.parent_old_id == 1


def test_replies_follow_a_parent_of_the_same_article_that_had_to_change_its_number():
    first = item(comment(1))
    second = item(comment(1), comment(2, parent=1), wp_post_id="5", guid="5")
    parent, reply = read_items(first, second)[1].comments
    assert parent.old_id < 0
    assert reply.parent_old_id == parent.old_id
    assert [one.code for one in notices(first, second)] == ["comment_number"]


def test_comments_without_a_number_are_all_kept():
    read = read_comments(
        comment(0, wp_comment_content="Een."), comment(0, wp_comment_content="Twee.")
    )
    assert sorted(one.html for one in read) == ["<p>Een.</p>", "<p>Twee.</p>"]
    assert all(one.old_id < 0 for one in read)


def test_notices_about_comments_carry_line_and_number():
    notice = notices(item(comment(5, wp_comment_approved="raar")))[0]
    assert notice == Notice(
        "repaired", "comment_state", "unknown state 'raar': waits for a person", 28, 5
    )
