"""Every refusal is a problem document (RFC 9457) in the client's language; none shows our insides.

The kinds are a table; ``docs/reference/api.md`` describes each.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from starlette.responses import Response

from aggregator.articlejson import public_withdrawal_json
from aggregator.errors import AggregatorError, QueryError
from aggregator.model import Withdrawal

MEDIA_TYPE = "application/problem+json"


class Speaker(Protocol):
    """Says things in one language; the command line's ``Translator`` is one."""

    def __call__(self, message: str, /, **fields: object) -> str: ...

    def error(self, error: AggregatorError) -> str: ...


class SpeakerOf(Protocol):
    """A speaker for each language."""

    def __call__(self, language: str, /) -> Speaker: ...


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of problem. ``title`` is said in the client's language."""

    status: int
    name: str
    """The last part of its ``type``."""
    title: str


NOT_FOUND = Kind(status=404, name="not-found", title="There is nothing at this address.")
METHOD_NOT_ALLOWED = Kind(
    status=405, name="method-not-allowed", title="This address can only be read."
)
NOT_ACCEPTABLE = Kind(
    status=406, name="not-acceptable", title="The answer is of a kind that was not asked for."
)
WITHDRAWN = Kind(status=410, name="withdrawn", title="This article was withdrawn.")
ADDRESS_TOO_LONG = Kind(status=414, name="address-too-long", title="The address is too long.")
INVALID_PARAMETER = Kind(
    status=422, name="invalid-parameter", title="A parameter cannot be used as given."
)
TOO_MANY_REQUESTS = Kind(
    status=429, name="too-many-requests", title="Too many requests; please wait a moment."
)
INTERNAL_ERROR = Kind(
    status=500, name="internal-error", title="Something went wrong here; it has been noted."
)
UNAVAILABLE = Kind(
    status=503, name="database-unavailable", title="The database cannot be asked at the moment."
)

KINDS = (
    *(NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, WITHDRAWN, ADDRESS_TOO_LONG),
    *(INVALID_PARAMETER, TOO_MANY_REQUESTS, INTERNAL_ERROR, UNAVAILABLE),
)


@dataclass(kw_only=True)
class ProblemError(Exception):
    """Raised by whatever cannot answer; becomes a problem document."""

    kind: Kind
    cause: AggregatorError | None = None
    """Said as ``detail``."""
    parameters: Sequence[QueryError] = ()
    """What is wrong with each parameter."""
    withdrawal: Withdrawal | None = None
    """Why what was here is no longer shown."""
    headers: Mapping[str, str] = field(default_factory=dict)


def invalid(*errors: QueryError) -> ProblemError:
    return ProblemError(kind=INVALID_PARAMETER, parameters=errors)


def problem_json(problem: ProblemError, say: Speaker, base: str, instance: str) -> dict[str, Any]:
    kind = problem.kind
    found: dict[str, Any] = {
        "type": f"{base}/api/v1/#{kind.name}",
        "title": say(kind.title),
        "status": kind.status,
        "instance": instance,
    }
    if problem.cause is not None:
        found["detail"] = say.error(problem.cause)
    if problem.parameters:
        found["errors"] = [
            {"parameter": error.fields["field"], "detail": say.error(error)}
            for error in problem.parameters
        ]
    if problem.withdrawal is not None:
        found["withdrawn"] = public_withdrawal_json(problem.withdrawal)
    return found


def problem_response(
    problem: ProblemError, say: Speaker, *, language: str, base: str, instance: str
) -> Response:
    body = json.dumps(problem_json(problem, say, base, instance), ensure_ascii=False)
    return Response(
        body,
        problem.kind.status,
        {
            "Content-Language": language,
            "Vary": "Accept-Language",
            # A refusal must not be shown again after its reason is gone.
            "Cache-Control": "no-store",
            **problem.headers,
        },
        media_type=MEDIA_TYPE,
    )
