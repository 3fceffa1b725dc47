"""What every answer tells the browser not to do; an answer that says something itself keeps its word."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request, session

from .host import has_session
from .settings import Settings

Headers = list[tuple[str, str]]
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
NOT_USED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOT_USED),
}
YEAR = 365 * 24 * 3600
PRIVATE = "private, no-store"


class Hardened:
    """A layer around the app: cheaper than Flask's own, and no answer gets past it."""

    def __init__(self, app: WSGIApplication, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = [(name.lower(), (name, value)) for name, value in headers.items()]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, said: Headers, *exc_info: Any) -> Callable[[bytes], object]:
            names = {name.lower() for name, _ in said}
            said.extend(header for name, header in self.headers if name not in names)
            return start_response(status, said, *exc_info)

        return self.app(environ, start)


def attach(app: Flask, settings: Settings) -> None:
    headers = dict(HEADERS)
    if settings.https:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    app.wsgi_app = Hardened(app.wsgi_app, headers)  # type: ignore[method-assign]
    app.after_request(keep_private)
    if settings.choose_language:
        app.after_request(by_language)


def keep_private(response: Response) -> Response:
    """What is made for somebody with a session is kept by no cache."""
    if (has_session() or session.modified) and not is_static():
        response.headers["Cache-Control"] = PRIVATE
    return response


def by_language(response: Response) -> Response:
    """Somebody else's browser may get another page under the same address."""
    if not is_static():
        response.vary.add("Accept-Language")
    return response


def is_static() -> bool:
    return (request.endpoint or "").endswith("static")
