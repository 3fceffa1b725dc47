"""What is mended or left out of an item, each with its notice."""

from datetime import UTC, datetime

import pytest

from blog.wordpress.records import ExportTerm, Notice

from .samples import HEAD, comment, export, item, notices, read_item, read_items, records


def codes(*items: str) -> list[tuple[str, str]]:
    return [(one.kind, one.code) for one in notices(*items)]


def test_a_good_item_needs_no_notice():
    assert codes(item(comment(1))) == []


@pytest.mark.parametrize("kind", ["attachment", "nav_menu_item", "revision", "wp_block", "product"])
def test_what_is_neither_post_nor_page_is_left_out_and_counted_by_kind(kind):
    left_out = item(comment(1), comment(2), wp_post_type=kind)
    assert read_items(left_out) == []
    assert notices(left_out) == [
        Notice("left_out", "kind", kind, 12, 4),
        Notice("left_out", "comment_with_it", kind, 12, 4, count=2),
    ]


@pytest.mark.parametrize("status", ["trash", "auto-draft", "inherit"])
def test_what_was_thrown_away_is_left_out_and_counted_by_status(status):
    assert read_items(item(wp_status=status)) == []
    assert notices(item(wp_status=status)) == [Notice("left_out", "status", status, 12, 4)]


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("publish", "published"),
        ("future", "scheduled"),
        ("pending", "submitted"),
        ("draft", "draft"),
    ],
)
def test_each_status_has_its_word(there, here):
    assert read_item(wp_status=there).status == here
    assert codes(item(wp_status=there)) == []


@pytest.mark.parametrize("status", ["private", "acf-disabled", ""])
def test_a_private_or_unknown_status_becomes_a_draft(status):
    assert read_item(wp_status=status).status == "draft"
    assert codes(item(wp_status=status)) == [("repaired", "status")]


@pytest.mark.parametrize("status", ["publish", "future", "pending"])
def test_what_needs_a_password_is_never_published(status):
    read = read_item(wp_status=status, wp_post_password="geheim")
    assert (read.status, read.password_protected) == ("draft", True)
    assert codes(item(wp_status=status, wp_post_password="geheim")) == [("repaired", "password")]


def test_the_password_itself_is_not_handed_on():
    assert "geheim" not in repr(records(export(item(wp_post_password="geheim"))))


@pytest.mark.parametrize("word", ["closed", "", "registered_only"])
def test_comments_and_pings_are_open_only_where_it_says_so(word):
    read = read_item(wp_comment_status=word, wp_ping_status=word)
    assert (read.comments_open, read.pings_open) == (False, False)


def test_a_date_of_zeros_gives_way_to_the_date_of_the_feed():
    changed = item(wp_post_date_gmt="0000-00-00 00:00:00")
    (read,) = read_items(changed)
    assert read.published_at == datetime(2011, 12, 13, 8, 15, tzinfo=UTC)
    assert [one.detail for one in notices(changed)] == ["no date in UTC: pubDate stands in"]


@pytest.mark.parametrize("feed", ["", "Mon, 30 Nov -0001 00:00:00 +0000", "gisteren"])
def test_without_a_date_in_the_feed_the_local_date_stands_in(feed):
    changed = item(wp_post_date_gmt="0000-00-00 00:00:00", pubDate=feed)
    (read,) = read_items(changed)
    assert read.published_at == datetime(2011, 12, 13, 9, 15, tzinfo=UTC)
    assert codes(changed) == [("repaired", "date")]


def test_an_article_without_any_date_becomes_a_draft():
    changed = item(wp_post_date_gmt="", pubDate="", wp_post_date="0000-00-00 00:00:00")
    (read,) = read_items(changed)
    assert (read.status, read.published_at) == ("draft", None)
    assert codes(changed) == [("repaired", "no_date")]


def test_a_draft_without_a_date_in_utc_is_nothing_to_mention():
    changed = item(wp_status="draft", wp_post_date_gmt="0000-00-00 00:00:00", pubDate="")
    assert read_items(changed)[0].published_at == datetime(2011, 12, 13, 9, 15, tzinfo=UTC)
    assert codes(changed) == []


def test_a_draft_without_an_address_gets_one_from_its_title():
    changed = item(title="Één crème brûlée, s.v.p.!", wp_post_name="", wp_status="draft")
    assert read_items(changed)[0].slug == "een-creme-brulee-s-v-p"
    assert codes(changed) == [("repaired", "slug")]


def test_an_address_in_another_script_is_read_from_its_percent_signs():
    changed = item(wp_post_name="%d7%a9%d7%9c%d7%95%d7%9d")
    assert read_items(changed)[0].slug == "שלום"
    assert codes(changed) == []


def test_an_address_that_would_leave_its_place_is_mended():
    changed = item(wp_post_name="..%2Fdesk%2F")
    assert read_items(changed)[0].slug == "desk"
    assert codes(changed) == [("repaired", "slug")]


def test_without_letters_the_address_is_kind_and_number():
    assert read_item(title="?!", wp_post_name="").slug == "post-4"


def test_a_title_is_plain_text():
    title = "R&amp;D: <em>een</em> kwestie van 1 &lt; 2 &#8211; of niet"
    assert read_item(title=title).title == "R&D: een kwestie van 1 < 2 – of niet"


def test_an_empty_title_gives_way_to_the_first_words():
    changed = item(title="<b> </b>", content_encoded="<p>Wie in een organisatie</p><p>vraagt.</p>")
    assert read_items(changed)[0].title == "Wie in een organisatie vraagt."
    assert codes(changed) == [("repaired", "title")]


def test_the_first_words_end_at_a_word():
    title = read_item(title="", content_encoded="een twee drie vier " * 40).title
    assert title == "een twee drie vier een twee drie vier een twee drie vier …"


@pytest.mark.parametrize(
    ("content", "title"), [("", "hub"), ("<img src='a.png'>", "hub"), ("x" * 99, "x" * 60)]
)
def test_without_words_the_address_is_the_title(content, title):
    assert read_item(title="", content_encoded=content).title == title


def test_an_item_without_anything_still_has_a_title_and_an_address():
    read = read_item(title="", content_encoded="", wp_post_name="")
    assert (read.title, read.slug) == ("…", "post-4")


def test_a_login_with_a_stray_character_is_taken_for_the_author():
    changed = item(dc_creator=">noor")
    assert read_items(changed)[0].author_login == "noor"
    assert [one.detail for one in notices(changed)] == ["'>noor' is taken for 'noor'"]


def test_an_author_who_is_not_in_the_list_is_kept_and_mentioned():
    changed = item(dc_creator="ruben")
    assert read_items(changed)[0].author_login == "ruben"
    assert [one.detail for one in notices(changed)] == ["'ruben' is not among the authors"]


def test_an_old_export_that_lists_no_authors_is_nothing_to_mention():
    head = HEAD[: HEAD.index("<wp:author>")]
    assert len(records(export(item(), head=head))) == 2


def test_the_very_same_item_is_left_out_the_second_time():
    assert len(read_items(item(), item())) == 1
    assert codes(item(), item()) == [("left_out", "repeated")]


def test_another_item_with_a_number_that_is_taken_gets_one_below_zero():
    first, second = read_items(item(), item(guid="anders", wp_post_name="anders"))
    assert first.old_id == 4
    assert second.old_id < 0
    assert codes(item(), item(guid="anders", wp_post_name="anders")) == [("repaired", "number")]


@pytest.mark.parametrize("number", ["", "0", "-4", "vier", "٤", "9" * 19, "9" * 5000])
def test_an_item_without_a_number_gets_one_below_zero(number):
    assert read_item(wp_post_id=number).old_id < 0


def test_terms_are_read_from_the_item_and_named_once():
    read = read_item(
        '<category domain="category" nicename="bestuur">Bestuur</category>',
        '<category domain="post_tag" nicename="caf%c3%a9">Caf&amp;eacute;</category>',
        '<category domain="post_tag" nicename="caf%c3%a9">Koffiehuis</category>',
    )
    assert read.terms == (
        ExportTerm("category", "bestuur", "Bestuur"),
        ExportTerm("tag", "café", "Café"),
    )


def test_old_exports_name_each_term_twice_and_it_counts_once():
    read = read_item(
        "<category>balie</category>",
        '<category domain="tag" nicename="balie">balie</category>',
    )
    assert read.terms == (ExportTerm("tag", "balie", "balie"),)


def test_a_term_without_its_kind_is_a_category():
    assert read_item("<category>Bestuur</category>").terms == (
        ExportTerm("category", "bestuur", "Bestuur"),
    )


def test_terms_of_other_taxonomies_are_left_out_by_name():
    aside = item('<category domain="post_format" nicename="post-format-aside">Aside</category>')
    assert read_items(aside)[0].terms == ()
    assert notices(aside) == [Notice("left_out", "taxonomy", "post_format", 12, 4)]


def test_shortcodes_and_live_blocks_that_are_gone_are_counted_by_name():
    text = "[gallery] en [gallery ids='1']\n\n<!-- wp:latest-posts /-->"
    assert notices(item(content_encoded=text)) == [
        Notice("left_out", "shortcode", "gallery", 12, 4, count=2),
        Notice("left_out", "block", "wp:latest-posts", 12, 4),
    ]


def test_joined_pages_and_linked_media_are_mentioned():
    text = "Een\n<!--nextpage-->\n[audio https://a.example/b.mp3]"
    assert codes(item(content_encoded=text)) == [("repaired", "pages"), ("repaired", "shortcode")]


def test_what_stands_above_the_more_mark_is_the_excerpt_when_there_is_no_other():
    text = "Boven.\n<!--more-->\nOnder."
    assert read_item(content_encoded=text).excerpt == "<p>Boven.</p>"
    assert read_item(content_encoded=text, excerpt_encoded="Eigen.").excerpt == "<p>Eigen.</p>"
    assert read_item(content_encoded=text).html == "<p>Boven.</p>\n<p>Onder.</p>"
