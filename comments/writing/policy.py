"""What each kind of text may hold and how large it may be; data only, it must not clean anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Policy:
    """The limits are measured before any sanitiser runs: both are quadratic on some inputs."""

    tags: frozenset[str]
    attributes: Mapping[str, frozenset[str]]
    rel: str
    characters: int
    nesting: int
    openings: int
    """How many elements may be opened, `br` not counted."""
    pieces: int
    """How many marks, references and line ends: with them the time of parser and cleaner grows."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Tags of imported HTML that live on under another name."""
    unwraps: bool = False
    """Drop foreign tags and keep their text, instead of showing them as they were typed."""
    commonmark: bool = False
    """Whole CommonMark with tables, instead of the small set for readers."""
    local: bool = False
    """Addresses within the site are allowed too."""


_OLD_NAMES = {"strike": "s", "acronym": "abbr", "tt": "code", "kbd": "code", "var": "em"}
_TITLED_LINK = frozenset({"href", "rel", "title"})

COMMENT = Policy(
    tags=frozenset("a blockquote br code em li ol p pre strong ul".split()),
    attributes={"a": _TITLED_LINK, "ol": frozenset({"start"})},
    rel="nofollow noopener ugc",
    characters=5_000,
    nesting=10,
    openings=200,
    pieces=10_000,
)

IMPORTED_COMMENT = Policy(
    tags=COMMENT.tags | frozenset("abbr b cite del i q s sub sup".split()),
    attributes={**COMMENT.attributes, "abbr": frozenset({"title"})},
    rel=COMMENT.rel,
    characters=20_000,
    nesting=10,
    openings=400,
    pieces=10_000,
    renamed=_OLD_NAMES | dict.fromkeys("h1 h2 h3 h4 h5 h6 dt dd address".split(), "p"),
    unwraps=True,
)

ARTICLE = Policy(
    tags=IMPORTED_COMMENT.tags
    | frozenset("h2 h3 h4 figure figcaption img hr dl dt dd".split())
    | frozenset("table caption thead tbody tfoot tr th td".split()),
    attributes={
        **IMPORTED_COMMENT.attributes,
        "img": frozenset({"src", "alt", "width", "height", "loading"}),
        "th": frozenset({"scope", "colspan", "rowspan"}),
        "td": frozenset({"colspan", "rowspan"}),
    },
    rel="noopener",
    characters=200_000,
    nesting=20,
    openings=5_000,
    pieces=20_000,
    renamed=_OLD_NAMES | {"address": "p"},
    unwraps=True,
    commonmark=True,
    local=True,
)
