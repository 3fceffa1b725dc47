"""What the studio's buttons say, and what it says when something was done; words only."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from .states import Action, State

PREVIEW = _("Preview")
LABELS: Mapping[tuple[State, Action], LazyString] = {
    (State.DRAFT, Action.SAVE): _("Save draft"),
    (State.DRAFT, Action.SUBMIT): _("Submit"),
    (State.DRAFT, Action.PUBLISH): _("Publish"),
    (State.SUBMITTED, Action.SAVE): _("Save"),
    (State.SUBMITTED, Action.PUBLISH): _("Publish"),
    (State.SUBMITTED, Action.WITHDRAW): _("Back to draft"),
    (State.PUBLISHED, Action.SAVE): _("Publish correction"),
    (State.PUBLISHED, Action.WITHDRAW): _("Withdraw"),
    (State.WITHDRAWN, Action.SAVE): _("Save"),
    (State.WITHDRAWN, Action.PUBLISH): _("Publish again"),
}
DONE: Mapping[Action, LazyString] = {
    Action.SAVE: _("Saved."),
    Action.SUBMIT: _("Submitted. Somebody who may publish will look at it."),
    Action.PUBLISH: _("Published: readers can see it now."),
    Action.WITHDRAW: _("Withdrawn: readers do not see it any more."),
}
