"""All pages and files of the portal, in every language."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from aggregator.config import Config
from aggregator.web.answers import Answer, Prepared
from aggregator.web.portal.article import ARTICLE, as_shown, held
from aggregator.web.portal.headers import HEADERS
from aggregator.web.portal.icons import icon, logo
from aggregator.web.portal.images import Pictures, picture_path
from aggregator.web.portal.lists import LISTS
from aggregator.web.portal.page import Page, Visit
from aggregator.web.portal.responder import PageResponder
from aggregator.web.portal.search import SEARCH
from aggregator.web.portal.sitemaps import SITEMAPS
from aggregator.web.portal.style import FOR_EVER, Asset, style_sheet

PAGES: tuple[Page, ...] = (*LISTS, *ARTICLE, *SEARCH, *SITEMAPS)


def portal_routes(responder: PageResponder) -> Iterator[BaseRoute]:
    portal = responder.config.portal
    for asset in assets(responder.config):
        yield _file(asset, asset.path, FOR_EVER)
    # What browsers ask for without having read a page.
    yield _file(icon(responder.config), "/favicon.ico", "public, max-age=86400")
    if portal.images:
        yield Route("/gambar/{id}", _pictures(responder).respond)
    for language in portal.languages:
        folder = "" if language == portal.languages[0] else f"/{language}"
        for page in PAGES:
            if not page.every_language and folder:
                continue
            # The front page of another language has no slash at its end.
            path = f"{folder}{page.path}".rstrip("/") or "/"
            yield Route(path, responder.to(page, language))


def _pictures(responder: PageResponder) -> Pictures:
    def url(visit: Visit) -> str | None:
        shown = as_shown(visit, held(visit))
        return shown.image.url if shown.image and picture_path(visit.config, shown) else None

    async def find(request: Request) -> str | None:
        return await responder.in_thread(request, url)

    return Pictures(config=responder.config, find=find)


def assets(config: Config) -> tuple[Asset, ...]:
    """Read once, when the program starts. Raises ``ConfigError``."""
    picture = logo(config.portal)
    return (style_sheet(config.portal), icon(config), *([picture] if picture else []))


def _file(asset: Asset, path: str, keeps: str) -> Route:
    prepared = Prepared(Answer(body=asset.body, media_type=asset.media_type), made_at=0)

    async def respond(request: Request) -> Response:
        response = prepared.response(request.method, request.headers, max_age=0, age=0)
        response.headers.update({**HEADERS, "Cache-Control": keeps})
        return response

    return Route(path, respond)
