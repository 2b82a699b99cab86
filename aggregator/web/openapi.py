"""The description of the web side, OpenAPI 3.1, made from the endpoints that are served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aggregator import __version__
from aggregator.web.endpoint import JSON, Endpoint
from aggregator.web.examples import examples, withdrawn_problem
from aggregator.web.params import Parameter
from aggregator.web.problems import (
    ADDRESS_TOO_LONG,
    INTERNAL_ERROR,
    INVALID_PARAMETER,
    MEDIA_TYPE,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    WITHDRAWN,
    Kind,
)
from aggregator.web.schemas import SCHEMAS, ref

ALWAYS = (ADDRESS_TOO_LONG, INVALID_PARAMETER, TOO_MANY_REQUESTS, INTERNAL_ERROR, UNAVAILABLE)
"""What any endpoint may answer."""

ABOUT = (
    "Education news of Indonesian publishers, always with its attribution. Whoever shows an "
    "article shows `attribution.credit_line` with it and links to `attribution.url`. Text is there "
    "only where the publisher's rights basis allows it; for all others there is the excerpt. "
    "Answers may be cached as their headers say and asked for conditionally."
)

_VALIDATORS = {
    "ETag": "Changes whenever the answer does.",
    "Last-Modified": "When what is shown was last looked at.",
    "Cache-Control": "How long the answer may be shown again unasked.",
}


def document(endpoints: Sequence[Endpoint], base: str) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "School News Aggregator",
            "version": __version__,
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base}],
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in endpoints},
        "components": {"schemas": dict(SCHEMAS)},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [_parameter(parameter) for parameter in endpoint.parameters],
        "responses": {"200": _found(endpoint), "304": _unchanged(), **_refusals(endpoint)},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": dict(parameter.schema),
        "example": parameter.example,
    }


def _found(endpoint: Endpoint) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if endpoint.schema is not None:
        content = {
            "schema": ref(endpoint.schema),
            "example": examples()[endpoint.schema],
        }
    return {
        "description": endpoint.summary,
        "headers": _headers(_VALIDATORS),
        "content": {endpoint.media_type: content},
    }


def _unchanged() -> dict[str, Any]:
    return {"description": "What the client holds is current.", "headers": _headers(_VALIDATORS)}


def _refusals(endpoint: Endpoint) -> dict[str, Any]:
    kinds = [*ALWAYS]
    if endpoint.media_type == JSON and endpoint.negotiates:
        kinds.append(NOT_ACCEPTABLE)
    if endpoint.missing:
        kinds += [NOT_FOUND, WITHDRAWN]
    return {str(kind.status): _refusal(kind) for kind in sorted(kinds, key=lambda k: k.status)}


def _refusal(kind: Kind) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": ref("Problem")}
    if kind is INVALID_PARAMETER:
        content["example"] = examples()["Problem"]
    elif kind is WITHDRAWN:
        content["example"] = withdrawn_problem()
    found: dict[str, Any] = {"description": kind.title, "content": {MEDIA_TYPE: content}}
    if kind is TOO_MANY_REQUESTS:
        found["headers"] = _headers({"Retry-After": "Seconds until the client may ask again."})
    return found


def _headers(described: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: {"description": about, "schema": {"type": "string"}}
        for name, about in described.items()
    }
