import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import addresses


@pytest.mark.parametrize("path", ["/", "/desk/?q=is:spam", "/studio/3", "/café/"])
def test_a_path_of_this_site_is_its_own(path):
    assert addresses.own_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "desk",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "/ /evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/desk\n/evil",
        " //evil.example",
        "/x\\@evil.example",
    ],
)
def test_what_a_browser_could_read_as_another_site_is_not(path):
    assert not addresses.own_path(path)


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("https://oud.example/2019/04/Draagvlak/", "/2019/04/Draagvlak"),
        ("/2019/04/Draagvlak", "/2019/04/Draagvlak"),
        ("https://oud.example/caf%C3%A9/", "/café"),
        ("https://oud.example/?p=12", "/?p=12"),
        ("https://oud.example?page_id=7", "/?page_id=7"),
        ("https://oud.example/?s=12", "/"),
        ("https://oud.example/", "/"),
    ],
)
def test_an_old_address_is_written_in_one_way(address, stored):
    assert addresses.old_path(address) == stored


@given(st.from_regex(r"/[a-z0-9/%-]{0,40}", fullmatch=True))
def test_an_old_path_is_found_with_and_without_its_slash(path):
    with_slash = addresses.old_path(f"https://oud.example{path}/")
    assert with_slash == addresses.old_path(f"https://oud.example{path}")


def test_the_first_page_of_a_list_is_the_list_itself():
    assert addresses.page_url("/tag/hub/", 1) == "/tag/hub/"
    assert addresses.page_url("/tag/hub/", 2) == "/tag/hub/page/2/"


def test_only_fixed_first_segments_are_taken():
    rules = ["/", "/desk/<int:id>", "/<slug>/", "/feed.atom", "/static/<path:file>"]
    assert addresses.first_segments(rules) == {"desk", "feed.atom", "static"}
