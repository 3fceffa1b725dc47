"""What a request tells of its reader: where it comes from, what he asked to be remembered, his receipts."""

import json
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlsplit

from flask import Response, current_app, request

from .database import reading
from .draft import Origin
from .keys import address_key
from .proof import queries as proof
from .site import Site

COOKIE = "ww_reader"
RECEIPTS_KEPT = 20


@dataclass(frozen=True)
class Remembered:
    """What one browser keeps for a reader who asked for it, sealed.

    `proved` is the hash of the address that was confirmed in this very browser.
    """

    name: str = ""
    email: str = ""
    url: str = ""
    comments: tuple[int, ...] = ()
    proved: str = ""


def origin() -> Origin:
    """Network facts of the submission; behind a proxy the app has set the true address."""
    return Origin(request.remote_addr or "", request.headers.get("User-Agent", ""))


def same_origin() -> bool:
    """The browser says that the request comes from this very site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return netloc(request.headers.get("Origin", "")) == request.host


def root(site: Site) -> str:
    """The site's address without a slash at its end, for addresses that are read elsewhere."""
    return (site.site_url or request.host_url).rstrip("/")


def netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def cross_site() -> bool:
    """The browser says that the request comes from elsewhere; silence is left to the token.

    So is `none`: no site asked for it, a person did.
    """
    spoken = "Sec-Fetch-Site" in request.headers or "Origin" in request.headers
    return spoken and not same_origin() and request.headers.get("Sec-Fetch-Site") != "none"


def remembered(site: Site) -> Remembered:
    """What this browser was asked to keep; nothing where the cookie is absent, old or forged."""
    sealed = request.cookies.get(COOKIE, "")
    try:
        found = json.loads(site.keys.open(sealed) or "{}")
        return Remembered(**{**found, "comments": tuple(found.get("comments", ()))})
    except (ValueError, TypeError):
        return Remembered()


def asked_here() -> bool:
    """A page may be looked at from anywhere; to act, the browser says that this site asks."""
    return request.method in ("GET", "HEAD") or same_origin()


def vouched(site: Site) -> Remembered:
    """Of what this browser keeps, what may count: nothing where it does not say that this site asks,
    and no address that is not known here any more."""
    found = remembered(site) if asked_here() else Remembered()
    if not found.proved:
        return found
    with reading(site.engine) as session:
        known = proof.mailbox(session, found.proved) is not None
    return found if known else replace(found, proved="")


def proves(site: Site, email: str) -> bool:
    """This browser is one in which the owner of the address confirmed it, and it is still known here."""
    asked = site.keys.digest("email", address_key(email))
    return bool(asked) and vouched(site).proved == asked


def remember(site: Site, response: Response, reader: Remembered, comment_id: int = 0) -> None:
    """Keeps it for a year or so; with a comment (0: none) its author will see what became of it."""
    kept = tuple(dict.fromkeys((comment_id, *reader.comments)))[:RECEIPTS_KEPT]
    kept = tuple(filter(None, kept))
    said = json.dumps(asdict(replace(reader, comments=kept)), ensure_ascii=False)
    response.set_cookie(
        COOKIE,
        site.keys.seal(said),
        max_age=site.settings.remember_days * 24 * 3600,
        httponly=True,
        secure=request.is_secure,
        samesite="Lax",
    )


def forget(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, secure=request.is_secure, samesite="Lax")


def receipt(site: Site) -> int | None:
    """The comment that the receipt in the address is for, if it holds."""
    given = request.args.get("receipt", "")
    return site.tokens.receipt_of(given, site.clock(), site.settings.receipt_days)


def wants_private_page() -> bool:
    """The page would show something that is not for everybody, or is set for one purpose."""
    if not request.query_string and "HTTP_COOKIE" not in request.environ:
        return False  # most readers: nothing has to be read apart
    cookies = request.cookies
    return (
        COOKIE in cookies
        or current_app.config["SESSION_COOKIE_NAME"] in cookies
        or "receipt" in request.args
        or "reply" in request.args
        or "marked" in request.args
    )
