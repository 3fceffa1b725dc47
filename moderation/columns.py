"""What each column of moderation tells of a person; read by the plug-in's data clock and its page on data."""

from comments.keeping.classes import Columns, Kind

COLUMNS: Columns = {
    "ww_unit": {Kind.PLAIN: "id key name kind parent_id authors_publish authors_decide"},
    "ww_member": {Kind.PLAIN: "id unit_id role represents_id", Kind.HOUSE: "person_key"},
    "ww_rule": {
        Kind.PLAIN: "id kind outcome unit_key active created_at",
        Kind.HOUSE: "pattern",
    },
    "ww_asked": {Kind.PLAIN: "comment_id verdict guid asked_at"},
}
