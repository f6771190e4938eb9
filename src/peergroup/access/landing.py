"""The page behind a sign-in link where no frontend is installed: it explains, and redeems nothing."""

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.responses import HTMLResponse, Response

_PAGES = Environment(loader=PackageLoader(__package__, "pages"), autoescape=select_autoescape(["html"]))
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


def page(public_url: str) -> Response:
    """The same page for everybody: the token behind the # never reaches the server."""
    return HTMLResponse(
        _PAGES.get_template("sign_in.html").render(url=public_url.rstrip("/")), headers=_HEADERS
    )
