"""What may stand in an address, and which first words of addresses are taken by the site itself."""

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from .addresses import LARGEST_ID, SLUG, first_segments


class SlugConverter(BaseConverter):
    regex = SLUG


class NumberConverter(BaseConverter):
    """From 1 to the largest id that a database holds; longer ones are not even read."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if not 0 < number <= LARGEST_ID:
            raise ValidationError
        return number


def attach(app: Flask) -> None:
    app.url_map.converters.update(slug=SlugConverter, number=NumberConverter)


def reserved(app: Flask) -> frozenset[str]:
    """First segments that no article may have; complete once every blueprint is registered."""
    return first_segments(rule.rule for rule in app.url_map.iter_rules())
