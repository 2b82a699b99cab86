"""Today's rules on the articles that are stored: after a school has changed its topics or flags."""

from __future__ import annotations

from dataclasses import replace

from aggregator.config import Config
from pipelines.classify import classify
from pipelines.corrections import find_correction
from pipelines.rulebook import load_rules
from storage import articles
from storage.database import open_database

BATCH = 500
"""Articles that are rewritten in one transaction."""


def reclassify(config: Config) -> tuple[int, int]:
    """Apply the rules to every stored article. Returns how many there are, and how many changed.

    Announced corrections are looked for as well. All of this is ours, so no revision is written.
    Raises ``ConfigError`` for rules that cannot be read, ``StorageError``.
    """
    rules = load_rules(config.rules)
    database = open_database(config.database_url, writable=True)
    looked_at = changed = last = 0
    try:
        while True:
            with database.session() as session:
                batch = articles.after(session, last, BATCH)
                for article_id, article in batch:
                    found = replace(article, correction=find_correction(article))
                    now = classify(found, rules)
                    if now != article:
                        articles.reclassify(session, article_id, now)
                        changed += 1
            if not batch:
                return looked_at, changed
            looked_at, last = looked_at + len(batch), batch[-1][0]
    finally:
        database.close()
