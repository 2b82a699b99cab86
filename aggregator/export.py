"""Articles as CSV and JSON Lines; none without its credit line, text only as rights allow."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

from aggregator.query import ArticleView
from aggregator.reuse import Reuse

COLUMNS = (
    "id",
    "publisher",
    "headline",
    "published_at",
    "credit_line",
    "url",
    "credits",
    "agency",
    "section",
    "tags",
    "excerpt",
    "body",
    "rights_basis",
    "external_id",
    "first_seen",
)

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
"""Excel takes the one of the computer's language: in Indonesian the semicolon."""

# A spreadsheet runs cells that begin like this; a leading apostrophe makes them text
# (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(
    views: Iterable[ArticleView],
    file: TextIO,
    press: Reuse = Reuse.FULL,
    separator: str = SEPARATORS["comma"],
) -> int:
    """A header and one row per article; returns the number of articles."""
    writer = csv.writer(file, lineterminator="\n", delimiter=separator)
    writer.writerow(COLUMNS)
    count = 0
    for view in views:
        row = csv_row(view, press)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
        count += 1
    return count


def write_jsonl(views: Iterable[ArticleView], file: TextIO, press: Reuse = Reuse.FULL) -> int:
    """One JSON article per line; returns the number of articles."""
    count = 0
    for view in views:
        file.write(json.dumps(view.to_public_json(press), ensure_ascii=False) + "\n")
        count += 1
    return count


def csv_row(view: ArticleView, press: Reuse = Reuse.FULL) -> dict[str, Any]:
    found = view.to_public_json(press)
    return {
        "id": view.id,
        "publisher": found["publisher"],
        "headline": found["headline"],
        "published_at": found["published_at"],
        "credit_line": found["attribution"]["credit_line"],
        "url": found["attribution"]["url"],
        "credits": "; ".join(f"{c['name']} ({c['role']})" for c in found["credits"]),
        "agency": found["agency"],
        "section": found["section"],
        "tags": "; ".join(found["tags"]),
        "excerpt": found["excerpt"],
        "body": "\n\n".join(found["body"]),
        "rights_basis": found["attribution"]["basis"],
        "external_id": found["external_id"],
        "first_seen": found["first_seen"],
    }


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
