"""Writes letters from templates, in the language of whoever gets them, also where there is no request.

A letter is `templates/mail/<name>.txt` (with its subject) and `<name>.html`; both extend a layout.
"""

import re
from collections.abc import Mapping

from flask import Flask
from flask_babel import force_locale

from ..texts import catalogue, default_language
from .letter import Written


class Letters:
    """What every template knows beside its values: site_name, site_url, lang, and address(path)."""

    def __init__(self, app: Flask, site_url: str, site_name: str) -> None:
        self.app, self.site_url = app, site_url.rstrip("/")
        self.site_name = site_name or self.site_url.partition("://")[2]

    def __call__(self, name: str, language: str, values: Mapping[str, object]) -> Written:
        with self.app.app_context():
            code = language if language in catalogue.languages() else default_language()
            with force_locale(code):
                return self.written(name, code, values)

    def written(self, name: str, code: str, values: Mapping[str, object]) -> Written:
        known = {
            **values,
            "lang": code,
            "site_name": self.site_name,
            "site_url": self.site_url,
            "address": self.address,
        }
        text = self.app.jinja_env.get_template(f"mail/{name}.txt")
        html = self.app.jinja_env.get_template(f"mail/{name}.html")
        subject = "".join(text.blocks["subject"](text.new_context(known)))
        return Written(subject.strip(), tidied(text.render(known)), html.render(known), code)

    def address(self, path: str) -> str:
        """The whole address of a path of the site."""
        return self.site_url + path


def tidied(text: str) -> str:
    """One empty line at most, as the blocks of a template leave more."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
