"""What `make run` takes from its environment."""

import pytest

from examples.choices import EVERYWHERE, Choices, Wrong, choices


def test_nothing_said_is_a_demo_on_port_8000_of_this_machine_alone() -> None:
    found = choices({"AKISMET": "", "HOST": ""})
    assert found == Choices("127.0.0.1", 8000, 1, demo=True, akismet=False)
    assert found.site_url == "http://127.0.0.1:8000"


def test_all_can_be_said() -> None:
    said = {"HOST": "::1", "PORT": "80", "WORKERS": "4", "DEMO": "0", "AKISMET": "demo"}
    found = choices(said)
    assert found == Choices("::1", 80, 4, demo=False, akismet=True)
    assert found.site_url == "http://[::1]:80"


@pytest.mark.parametrize("host", EVERYWHERE)
def test_a_site_for_everybody_is_found_here_on_loopback(host: str) -> None:
    assert choices({"HOST": host}).site_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "said",
    [
        {"PORT": "0"},
        {"PORT": "65536"},
        {"PORT": "-1"},
        {"PORT": "٨٠٠٠"},
        {"PORT": "8000 "},
        {"WORKERS": "0"},
        {"WORKERS": "65"},
        {"WORKERS": "twee"},
        {"DEMO": "ja"},
        {"AKISMET": "1"},
    ],
)
def test_what_does_not_fit_is_named(said: dict[str, str]) -> None:
    (name,) = said
    with pytest.raises(Wrong, match=f"^{name} is "):
        choices(said)
