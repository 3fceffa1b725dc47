"""Whatever happens in whatever order: nobody hears twice, of himself, or too often; nobody is left out."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

import pytest

from comments.states import Action, State

from ..host import DECK, SPOKE, Clock
from ..mailing.catcher import text_of
from .crowd import DIA, EVE, FAY, Crowd, flat, quoted

PEOPLE = (DIA, EVE, FAY)
FOLLOWS = [
    (DIA, "all", "hour", DECK),
    (DIA, "replies", "day", SPOKE),
    (EVE, "all", "day", DECK),
    (EVE, "all", "day", SPOKE),
    (FAY, "replies", "hour", DECK),
    (FAY, "all", "hour", SPOKE),
]


class Story:
    """What people and the desk did, and what each follower should have heard by the end."""

    def __init__(self, crowd: Crowd, seed: int) -> None:
        self.crowd, self.chance = crowd, random.Random(seed)
        self.said: list[tuple[int, str, str, int | None, str]] = []
        for email, scope, rhythm, subject in FOLLOWS:
            crowd.follows(email, scope, rhythm, subject)

    def goes_on(self) -> None:
        self.chance.choice([self.speaks, self.speaks, self.decides, self.waits, self.works])()

    def speaks(self) -> None:
        subject = self.chance.choice([DECK, SPOKE])
        here = [one[0] for one in self.said if one[4] == subject.key]
        parent = self.chance.choice([None, *here])
        who, words = self.chance.choice(PEOPLE), f"Nummer {len(self.said)}."
        state = self.chance.choice([State.APPROVED, State.PENDING])
        id_ = self.crowd.says(who, words, parent, state, subject)
        self.said.append((id_, who, words, parent, subject.key))

    def decides(self) -> None:
        if not self.said:
            return
        id_ = self.chance.choice(self.said)[0]
        approved = self.crowd.room.comment(id_).state is State.APPROVED
        self.crowd.room.moves(id_, Action.HOLD if approved else Action.APPROVE)

    def waits(self) -> None:
        self.crowd.later(minutes=self.chance.choice([1, 20, 50, 400]))

    def works(self) -> None:
        self.crowd.work()

    def ends(self) -> None:
        """All is approved, and every letter that is owed comes."""
        for id_, *_ in self.said:
            if self.crowd.room.comment(id_).state is not State.APPROVED:
                self.crowd.room.moves(id_, Action.APPROVE)
        for _ in range(4):
            self.crowd.later(hours=13)
            self.crowd.work()

    def concerns(self, email: str) -> set[str]:
        authors = {id_: who for id_, who, *_ in self.said}
        wishes = {subject.key: scope for who, scope, _, subject in FOLLOWS if who == email}
        return {
            words
            for _, who, words, parent, key in self.said
            if who != email
            and (wishes.get(key) == "all" or (key in wishes and authors.get(parent or 0) == email))
        }


@pytest.mark.parametrize("seed", range(8))
def test_each_hears_of_what_concerns_him_exactly_once(
    crowd: Crowd, clock: Clock, seed: int
) -> None:
    story = Story(crowd, seed)
    for _ in range(60):
        story.goes_on()
    story.ends()
    for email in PEOPLE:
        heard = flat(crowd.told(email))
        assert len(heard) == len(set(heard))
        assert set(heard) == story.concerns(email)
    assert crowd.news() == []
    assert crowd.jobs("letter", "digest") == []
    keeps_its_distance(crowd)


def keeps_its_distance(crowd: Crowd) -> None:
    """An hour between letters on one discussion, one daily letter on a day."""
    came: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for letter in crowd.catcher.letters:
        assert quoted(text_of(letter))
        came[letter["To"], letter["List-Id"]].append(parsedate_to_datetime(letter["Date"]))
    for (_, list_id), times in came.items():
        gaps = [later - earlier for earlier, later in pairwise(times)]
        least = timedelta(hours=1)
        assert all(gap >= least for gap in gaps), (list_id, times)
        if list_id.startswith("<digest"):
            assert len({at.date() for at in times}) == len(times)
