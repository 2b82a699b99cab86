"""Whatever cannot be shown, in the form of the portal: the reader finds the way on."""

from __future__ import annotations

from starlette.responses import Response

from aggregator.web.portal.headers import HEADERS
from aggregator.web.portal.page import HTML, Place
from aggregator.web.portal.render import render
from aggregator.web.problems import ProblemError

PROGRAMS = ("/api/", "/feed.")
"""Addresses that are asked by programs: they are told in their own form."""


def is_page(path: str) -> bool:
    return not path.startswith(PROGRAMS) and path != "/api"


def refusal(problem: ProblemError, place: Place) -> Response:
    body = render(place, "refusal.html", kind=problem.kind)
    headers = {
        "Content-Language": place.language,
        "Cache-Control": "no-store",
        **HEADERS,
        **problem.headers,
    }
    return Response(body, problem.kind.status, headers, media_type=HTML)
