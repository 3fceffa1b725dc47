"""What these tests stand on beside what all of the plug-in's have: an author with his receipt."""

import pytest
from flask.testing import FlaskClient

from .hands import Author, author


@pytest.fixture
def dia(client: FlaskClient) -> Author:
    return author(client)
