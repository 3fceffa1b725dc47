"""Which marks may be set on a comment as it stands."""

import pytest

from comments.steering.marks import Mark, Marked, offered

ROOT = Marked(fit=True, root=True)
REPLY = Marked(fit=True)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (ROOT, [Mark.PIN, Mark.FEATURE, Mark.LOCK]),
        (REPLY, [Mark.FEATURE]),
        (Marked(fit=True, root=True, pinned=True), [Mark.UNPIN, Mark.FEATURE, Mark.LOCK]),
        (Marked(fit=True, root=True, featured=True), [Mark.PIN, Mark.UNFEATURE, Mark.LOCK]),
        (Marked(fit=True, root=True, locked=True), [Mark.PIN, Mark.FEATURE, Mark.UNLOCK]),
        (Marked(root=True), []),
        (Marked(), []),
        (Marked(root=True, locked=True), [Mark.UNLOCK]),
    ],
)
def test_each_comment_is_offered_what_goes_with_it(found: Marked, expected: list[Mark]) -> None:
    assert list(offered(found)) == expected
