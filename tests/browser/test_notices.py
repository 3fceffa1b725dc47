"""What a reader is told before he writes: how long it takes, what is published, who looks at it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .conftest import Visit
from .discussion import LONG, read
from .site import World, served
from .visitor import arrive

pytestmark = pytest.mark.browser

OWN_RULES = "Spam houden we tegen met eigen regels en met mensen"
AKISMET = "Deze site gebruikt Akismet om spam te verminderen."
PROCESSED = "Bekijk hoe je reactiegegevens worden verwerkt."


def test_the_four_sentences_stand_on_the_article_page(visit: Visit) -> None:
    reader = visit()
    read(reader, LONG)
    main = reader.page.get_by_role("main")
    expect(main.get_by_text(re.compile(r"^Leestijd: ca\. \d+ minu(ut|ten)$"))).to_be_visible()
    expect(main.get_by_text("Je e-mailadres wordt niet gepubliceerd.")).to_be_visible()
    expect(main.get_by_text(OWN_RULES)).to_be_visible()
    expect(reader.link(PROCESSED)).to_be_visible()


def test_with_akismet_the_notice_names_it(browser: Browser, world: World, tmp_path: Path) -> None:
    with served(world, tmp_path, AKISMET_KEY="demo", AKISMET_URL="http://127.0.0.1:9") as site:
        reader = arrive(browser, site)
        read(reader, LONG)
        expect(reader.page.get_by_text(AKISMET)).to_be_visible()
        expect(reader.page.get_by_text(OWN_RULES)).to_have_count(0)
        reader.leave()


def test_the_link_leads_to_how_data_is_processed(visit: Visit) -> None:
    reader = visit(scripts=False)
    read(reader, LONG)
    reader.link(PROCESSED).click()
    expect(reader.page).to_have_url(f"{reader.site.url}/privacy")
    expect(reader.page.get_by_role("main")).to_contain_text("privacy@weerwoord.example")
