"""The addresses of one discussion's pages, branches and comments; pure."""

from dataclasses import dataclass
from urllib.parse import urlencode

from .order import Order


@dataclass(frozen=True)
class Ways:
    """Under `url`, the subject's own address; each keeps the `order`, which is empty for the usual one."""

    url: str
    order: str = ""

    @classmethod
    def of(cls, url: str, order: Order, usual: str) -> "Ways":
        return cls(url, "" if order == usual else order.value)

    def page(self, number: int, **more: str | int) -> str:
        """A page of the discussion, counted from 1; `more` comes into its query."""
        return self.asking("" if number == 1 else f"comments/page/{number}/", **more)

    def branch(self, root_id: int, page: int, **more: str | int) -> str:
        pages = {} if page == 1 else {"page": page}
        return self.asking(f"comments/{root_id}/replies/", **pages, **more)

    def permalink(self, comment_id: int) -> str:
        return self.asking(f"comments/{comment_id}")

    def reply(self, comment_id: int) -> str:
        return f"{self.asking('', reply=comment_id)}#respond"

    def asking(self, path: str, **query: str | int) -> str:
        ordered = {"order": self.order} if self.order else {}
        asked = urlencode({**ordered, **query})
        return f"{self.url}{path}{'?' if asked else ''}{asked}"
