import pytest

from blog.settings import Settings
from comments.settings import SettingError, read


def test_what_belongs_to_the_site_has_a_name_of_its_own():
    found = read(Settings, {"WEERWOORD_SITE_URL": "https://w.example/"}, "BLOG_")
    assert (found.root, found.https) == ("https://w.example", True)


def test_what_belongs_to_the_blog_has_its_prefix():
    found = read(Settings, {"WEERWOORD_BLOG_PER_PAGE": "3", "WEERWOORD_BLOG_TITLE": "W"}, "BLOG_")
    assert (found.per_page, found.title) == (3, "W")


@pytest.mark.parametrize(
    "environ",
    [
        {"WEERWOORD_BLOG_PER_PAGE": "0"},
        {"WEERWOORD_BLOG_WORDS_PER_MINUTE": "-1"},
        {"WEERWOORD_BLOG_TIMEZONE": "Europe/Nergens"},
        {"WEERWOORD_PROXY_HOPS": "een"},
    ],
)
def test_a_setting_that_cannot_work_stops_the_start_and_names_itself(environ):
    with pytest.raises(SettingError, match=next(iter(environ))):
        read(Settings, environ, "BLOG_")
