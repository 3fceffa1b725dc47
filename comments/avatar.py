"""Draws the picture beside a comment from a number; it knows no person and asks nobody.

The tile lets the page shine through, so it suits a light page and a dark one. By the classes
`avatar`, `tone-0` to `tone-11` and `tone-none` a style sheet rounds corners or changes colours.
"""

from functools import lru_cache

_TONES = (
    "#c2553c #c4861f #8a8f2b #3f9160 #268e91 #3c7dbd #6470c6 #9160b5 #b5558d #cd5a68 #6d7d8c #98714f"
).split()
_GREY = "#85837c"
_NOBODY = '<path d="M1 1.4a1 1 0 0 1 2 0a1 1 0 0 1-2 0zM.5 4a1.5 1.5 0 0 1 3 0z"/>'
_PARTNERS = (3, 5, 7, 9)
_CENTRES = ((1, 1), (3, 1), (1, 3), (3, 3))

Step = tuple[float, float, float]
"""Across, down and the radius of the arc; 0 for a straight line."""

_SHAPES: tuple[tuple[Step, ...], ...] = (
    ((-1, 0, 0), (2, 0, 1), (-2, 0, 1)),  # disc
    ((-1, -1, 0), (2, 0, 0), (-2, 2, 2)),  # quarter disc
    ((-1, 1, 0), (2, 0, 1)),  # half disc
    ((-1, -1, 0), (2, 2, 2), (-2, -2, 2)),  # leaf
    ((-1, -1, 0), (2, 0, 0), (-2, 2, 0)),  # triangle
    ((-1, -1, 0), (1, 0, 0), (1, 1, 1), (-1, 1, 1), (-1, -1, 1)),  # drop
    ((-1, -1, 0), (2, 0, 0), (0, 1, 0), (-2, 0, 0)),  # bar
    ((-0.5, 0, 0), (1, 0, 0.5), (-1, 0, 0.5)),  # dot
)


def seed_of(digest: bytes) -> int:
    """32 bits of a keyed hash; never 0, which stands for nobody."""
    return int.from_bytes(digest[:4]) or 1


@lru_cache(maxsize=4096)
def avatar(seed: int) -> str:
    """An SVG of at most 450 bytes, the same for the same seed; 0 is nobody in particular."""
    if seed == 0:
        return _svg("none", _GREY, _NOBODY)
    seed, tone = divmod(seed, len(_TONES))
    seed, partner = divmod(seed, len(_PARTNERS))
    other = (tone + _PARTNERS[partner]) % len(_TONES)
    first, second = _paths(seed)
    accent = f'<path class="tone-{other}" fill="{_TONES[other]}" d="{second}"/>'
    return _svg(str(tone), _TONES[tone], f'<path d="{first}"/>{accent}')


def _svg(name: str, fill: str, shapes: str) -> str:
    tile = '<path opacity=".2" d="M0 0h4v4H0z"/>'
    head = f'<svg class="avatar tone-{name}" viewBox="0 0 4 4" aria-hidden="true" fill="{fill}">'
    return f"{head}{tile}{shapes}</svg>"


def _paths(seed: int) -> list[str]:
    """A shape in each quarter of the tile, in two colours that both appear."""
    seed, mask = divmod(seed, 14)
    paths = ["", ""]
    for quarter, centre in enumerate(_CENTRES):
        seed, shape = divmod(seed, len(_SHAPES))
        seed, turns = divmod(seed, 4)
        paths[(mask + 1) >> quarter & 1] += _path(_SHAPES[shape], turns, centre)
    return paths


def _path(shape: tuple[Step, ...], turns: int, centre: tuple[int, int]) -> str:
    (x, y, _), *steps = (_turned(step, turns) for step in shape)
    drawn = f"M{centre[0] + x:g} {centre[1] + y:g}"
    for across, down, radius in steps:
        arc = f"a{radius:g} {radius:g} 0 0 1 " if radius else "l"
        drawn += f"{arc}{across:g} {down:g}"
    return drawn + "z"


def _turned(step: Step, turns: int) -> Step:
    across, down, radius = step
    for _ in range(turns):
        across, down = -down, across
    return across, down, radius
