import pytest

from blog.states import State


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("path", ["/2019/04/Draagvlak-oud", "/2019/04/Draagvlak-oud/"])
def test_an_old_address_leads_to_the_new_one(house, path, method):
    house.old_address("/2019/04/Draagvlak-oud", house.article())
    answer = getattr(house.client(), method)(path)
    assert (answer.status_code, answer.location) == (301, "/draagvlak/")


def test_an_old_address_is_one_capital_for_capital(house):
    house.old_address("/2019/Draagvlak", house.article())
    assert house.client().get("/2019/draagvlak").status_code == 404


def test_an_old_address_may_hold_any_letters(house):
    house.old_address("/café/één", house.article())
    for path in ("/caf%C3%A9/%C3%A9%C3%A9n/", "/caf%c3%a9/%c3%a9%c3%a9n"):
        assert house.client().get(path).status_code == 301


def test_an_old_slug_of_one_word_leads_on_too(house):
    house.old_address("/oud", house.article())
    answer = house.client().get("/oud", follow_redirects=True)
    assert answer.request.path == "/draagvlak/"


@pytest.mark.parametrize("name", ["p", "page_id"])
def test_an_address_by_number_leads_to_the_article(house, name):
    house.old_address(f"/?{name}=12", house.article())
    answer = house.client().get(f"/?{name}=12")
    assert (answer.status_code, answer.location) == (301, "/draagvlak/")


@pytest.mark.parametrize("number", ["13", "", "x", "-1", "9" * 5000, "1'--", "%00"])
def test_a_number_that_nothing_had_is_the_front_page(house, number):
    house.old_address("/?p=12", house.article())
    assert house.client().get(f"/?p={number}").status_code == 200


def test_an_old_address_of_a_draft_tells_nothing(house):
    house.old_address("/oud/ontwerp", house.article(state=State.DRAFT))
    assert house.client().get("/oud/ontwerp").status_code == 404


def test_an_old_address_of_what_was_withdrawn_says_so(house):
    house.old_address("/oud/weg", house.article(state=State.WITHDRAWN))
    assert house.client().get("/oud/weg", follow_redirects=True).status_code == 410


def test_nothing_can_be_sent_to_an_old_address(house):
    house.old_address("/oud/adres", house.article())
    assert house.client().post("/oud/adres").status_code == 404


@pytest.mark.parametrize("path", ["/a%00b/c", "/" + "x/" * 2000, "/%ff%fe/x"])
def test_an_odd_address_is_simply_not_there(house, path):
    assert house.client().get(path).status_code == 404
