"""JSON Schemas of what the API answers; a test holds every real answer against them.

Closed: a key that is not here is a mistake, so an answer cannot outgrow its description.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aggregator.model import (
    THROUGH,
    Cause,
    CorrectionKind,
    LinkReason,
    Precision,
    RightsBasis,
    Role,
)
from aggregator.web.problems import KINDS
from aggregator.web.questions import CONDITIONS
from pipelines.clusters import Standing

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
FLAG: Schema = {"type": "boolean"}
COUNTS: Schema = {"type": "object", "additionalProperties": COUNT}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
MAYBE_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}


def _object(properties: Mapping[str, Schema], *optional: str) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _choice(words: Any) -> Schema:
    return {"type": "string", "enum": [str(word) for word in words]}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_ATTRIBUTION = _object(
    {
        "credit_line": {"type": "string", "minLength": 1},
        "publisher_title": {"type": "string", "minLength": 1},
        "url": ADDRESS,
        "basis": _choice(RightsBasis),
        "stated": FLAG,
        "evidence": _list(_object({"kind": TEXT, "text": TEXT})),
    }
)

_DATELINE = _object(
    {
        "mark": MAYBE_TEXT,
        "place": MAYBE_TEXT,
        "raw": TEXT,
        "region": MAYBE_TEXT,
        "province": MAYBE_TEXT,
        "zone": MAYBE_TEXT,
    }
)

_CORRECTION = _object({"kind": _choice(CorrectionKind), "sentence": TEXT})
_WITHDRAWAL = _object({"at": MOMENT, "reason": TEXT, "by": _choice(("publisher", "school"))})
_POST = _object({"portal": TEXT, "url": MAYBE_TEXT, "at": MAYBE_MOMENT})

_ARTICLE: dict[str, Schema] = {
    "id": NUMBER,
    "publisher": TEXT,
    "external_id": MAYBE_TEXT,
    "url": TEXT,
    "canonical_url": TEXT,
    "headline": {"type": "string", "minLength": 1},
    "summary": MAYBE_TEXT,
    "excerpt": MAYBE_TEXT,
    "body": _list(TEXT),
    "body_html": TEXT,
    "published_at": MOMENT,
    "published_raw": MAYBE_TEXT,
    "published_precision": {"enum": [*map(str, Precision), None]},
    "modified_at": MAYBE_MOMENT,
    "credits": _list(_object({"name": TEXT, "role": _choice(Role)})),
    "dateline": _or_null(_DATELINE),
    "agency": MAYBE_TEXT,
    "section": MAYBE_TEXT,
    "tags": _list(TEXT),
    "topics": _list(TEXT),
    "flags": _list(_object({"name": TEXT, "rule": TEXT, "found": TEXT})),
    "image": _or_null(_object({"url": TEXT, "caption": MAYBE_TEXT, "credit": MAYBE_TEXT})),
    "language": MAYBE_TEXT,
    "pages": NUMBER,
    "paywalled": FLAG,
    "attribution": _ATTRIBUTION,
    "cluster_id": {"type": ["integer", "null"]},
    "duplicates": _list(
        _object({"publisher": TEXT, "url": TEXT, "reason": TEXT, "score": {"type": "number"}})
    ),
    "revision": NUMBER,
    "correction": _or_null(_CORRECTION),
    # One that is withdrawn is no article here but a problem (410).
    "withdrawn": {"type": "null"},
    "published_in": _list(_POST),
    "first_seen": MOMENT,
    "last_seen": MOMENT,
    "fetched_at": MOMENT,
    "text_removed_at": MAYBE_MOMENT,
}

_TOTAL = _or_null(_object({"articles": COUNT, "exact": FLAG}))
_MARKS = _list({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2})
_SNIPPET = _object({"text": TEXT, "marks": _MARKS})

_CLUSTER = _object(
    {
        "cluster_id": NUMBER,
        "representative": NUMBER,
        "standing": _choice(Standing),
        "members": _list(
            _object(
                {
                    "id": NUMBER,
                    "publisher": TEXT,
                    "url": TEXT,
                    "headline": TEXT,
                    "published_at": MOMENT,
                    "credit_line": {"type": "string", "minLength": 1},
                    "via": {"type": ["integer", "null"]},
                    "reason": {"enum": [*map(str, LinkReason), THROUGH, None]},
                    "score": {"type": ["number", "null"]},
                }
            )
        ),
    }
)

_REVISION = _object(
    {
        "number": NUMBER,
        "seen_at": MOMENT,
        "cause": _choice(Cause),
        "headline": TEXT,
        "body": _list(TEXT),
        "changed": _list(TEXT),
        "correction": _or_null(_CORRECTION),
    }
)

_PUBLISHER = _object(
    {
        "name": TEXT,
        "title": TEXT,
        "homepage": TEXT,
        "timezone": TEXT,
        "rights_basis": _choice(RightsBasis),
        "terms": MAYBE_TEXT,
        "articles": COUNT,
        "last_published": MAYBE_MOMENT,
        "feeds": _object({"rss": ADDRESS, "atom": ADDRESS, "json": ADDRESS}),
    }
)

_STATS = _object(
    {
        "articles": COUNT,
        "publishers": _list(
            _object(
                {
                    "publisher": TEXT,
                    "articles": COUNT,
                    "publishable": COUNT,
                    "withdrawn": COUNT,
                    "first_published": MAYBE_MOMENT,
                    "last_published": MAYBE_MOMENT,
                }
            )
        ),
        "months": COUNTS,
        "sections": COUNTS,
        "tags": COUNTS,
        "topics": COUNTS,
        "authors": COUNTS,
    }
)

_PROBLEM = _object(
    {
        "type": {"type": "string", "format": "uri"},
        "title": TEXT,
        "status": {"type": "integer", "enum": sorted({kind.status for kind in KINDS})},
        "instance": {"type": "string", "format": "uri-reference"},
        "detail": TEXT,
        "errors": _list(_object({"parameter": TEXT, "detail": TEXT})),
        "withdrawn": _WITHDRAWAL,
    },
    "detail",
    "errors",
    "withdrawn",
)

SCHEMAS: Mapping[str, Schema] = {
    "Article": _object(_ARTICLE),
    "ArticleWithHistory": _object(
        {**_ARTICLE, "history": _list(ref("Revision")), "cluster": _or_null(ref("Cluster"))}
    ),
    "Cluster": _CLUSTER,
    "ClusterPage": _object(
        {"clusters": _list(ref("Cluster")), "next_cursor": {"type": ["integer", "null"]}}
    ),
    "Revision": _REVISION,
    "ArticlePage": _object(
        {"articles": _list(ref("Article")), "next_cursor": MAYBE_TEXT, "total": _TOTAL}
    ),
    "SearchPage": _object(
        {
            "articles": _list(_object({**_ARTICLE, "headline_marks": _MARKS, "snippet": _SNIPPET})),
            "next_cursor": MAYBE_TEXT,
            "total": _TOTAL,
            "suggestion": MAYBE_TEXT,
        }
    ),
    "Publisher": _PUBLISHER,
    "Publishers": _object({"publishers": _list(ref("Publisher"))}),
    "Counts": _object({"period": TEXT, "timezone": TEXT, "counts": COUNTS}),
    "Facet": _object({"by": TEXT, "counts": COUNTS, "articles": COUNT, "exact": FLAG}),
    "Stats": _STATS,
    "Health": _object(
        {"status": _choice(CONDITIONS), "findings": COUNT, "last_seen": MAYBE_MOMENT}
    ),
    "Problem": _PROBLEM,
}
