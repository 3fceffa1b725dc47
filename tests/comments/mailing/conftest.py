"""A mail server of each test's own, and a site that sends its letters there."""

import pytest
from flask import Flask
from flask_babel import Babel
from jinja2 import ChoiceLoader, DictLoader

from comments.mailing.settings import MailSettings

from ..host import Clock, SmallHost
from ..small_site import small_site
from .catcher import Catcher

SITE_URL = "https://weerwoord.example"
SENDER = "Weerwoord <post@weerwoord.example>"
ANSWERED = {
    "mail/answered.txt": """{% extends "mail/layout.txt" %}
{% block subject %}{{ t("Please try again") }}, {{ name }}{% endblock %}
{% block body %}
{{ name }} ({{ at | when | striptags }}):

{{ text }}

{{ address(path) }}
{% endblock %}
{% block why %}{{ tn("Your name may have at most %(num)s character.",
  "Your name may have at most %(num)s characters.", 80) }}{% endblock %}
""",
    "mail/answered.html": """{% extends "mail/layout.html" %}
{% block body %}
<p>{{ name }} ({{ at | when }}):</p>
<blockquote>{{ text }}</blockquote>
<p><a class="act" href="{{ address(path) }}">{{ t("Please try again") }}</a></p>
{% endblock %}
{% block why %}{{ tn("Your name may have at most %(num)s character.",
  "Your name may have at most %(num)s characters.", 80) }}{% endblock %}
""",
}
"""A letter of the tests' own, in texts that the catalogue has."""


def in_dutch(app: Flask) -> None:
    Babel(app, default_locale="nl", default_timezone="Europe/Amsterdam", configure_jinja=False)
    app.jinja_loader = ChoiceLoader([DictLoader(ANSWERED)])


@pytest.fixture
def app(host: SmallHost, clock: Clock, catcher: Catcher) -> Flask:
    """A Dutch site that has mail."""
    mail = MailSettings(catcher.url, SENDER, "Het Weerwoord")
    return small_site(host, clock, in_dutch, site_url=SITE_URL, mail=mail)
