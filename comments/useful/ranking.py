"""How useful comments are, in numbers that few votes cannot make great; pure.

A trial is a reader who could have said so: he found something useful in this discussion when the
comment was there already. The rank is the lower end of Wilson's interval for the share of trials
that found this one useful (E. B. Wilson, JASA 22, 1927), at 95 %.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)

Cast = tuple[int, str, datetime]
"""A vote: the comment, the reader, when."""


def ranks(votes: Iterable[Cast], born: Mapping[int, datetime]) -> dict[int, float]:
    """The rank of each comment of `born`, which says when it appeared; 0 where nobody found it useful."""
    voters: dict[int, set[str]] = {comment_id: set() for comment_id in born}
    last: dict[str, datetime] = {}
    for comment_id, who, at in votes:
        voters.setdefault(comment_id, set()).add(who)
        last[who] = max(at, last.get(who, at))
    moments = sorted(last.values())
    found = {}
    for comment_id, at in born.items():
        there = len(moments) - bisect_left(moments, at)
        # whoever voted for it was there, though it was taken away and came back since
        there += sum(last[who] < at for who in voters[comment_id])
        found[comment_id] = lower_bound(len(voters[comment_id]), there)
    return found


def lower_bound(successes: int, trials: int) -> float:
    """The least share that 95 % confidence leaves, between 0 and 1."""
    if not successes:
        return 0.0
    share, spread = successes / trials, Z * Z / trials
    middle = share + spread / 2
    return (middle - Z * sqrt((share * (1 - share) + spread / 4) / trials)) / (1 + spread)
