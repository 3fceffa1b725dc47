"""What the article page costs a reader: bytes of script and style, and nothing asked of anybody else."""

import gzip
from collections import Counter

import pytest
from playwright.sync_api import Response

from .exhibition import Exhibition
from .gallery import LONG
from .visitor import arrive

pytestmark = pytest.mark.browser

SCRIPTS, STYLES = 8 * 1024, 10 * 1024


def test_scripts_and_styles_keep_their_budgets(exhibition: Exhibition) -> None:
    visitor = arrive(exhibition.browser, exhibition.site)
    came: list[Response] = []
    visitor.page.on("response", lambda response: came.append(response))
    visitor.go(LONG)
    visitor.page.wait_for_load_state("networkidle")
    weights: Counter[str] = Counter()
    for response in came:
        weights[response.request.resource_type] += len(gzip.compress(response.body()))
    assert {"document", "script", "stylesheet"} <= weights.keys()
    assert weights["script"] <= SCRIPTS
    assert weights["stylesheet"] <= STYLES
    assert weights.keys() <= {"document", "script", "stylesheet", "other"}
    visitor.leave()


def test_the_page_itself_comes_compressed(exhibition: Exhibition) -> None:
    visitor = arrive(exhibition.browser, exhibition.site)
    assert visitor.go(LONG).headers["content-encoding"] == "gzip"
    visitor.leave()
