"""Search that knows Indonesian: pure, no database. Doctrine: docs/explanation/search.md.

    text of a query  --parser-->   Query (words and operators as typed)
                     --meaning-->  Search (terms: stems, other names, words of a prefix)
                     --match-->    the one string that SQLite or PostgreSQL is asked

``words`` turns any text into terms, for the index and for queries alike; ``marks``, ``snippet`` and
``relevance`` look at what was found as a reader sees it.
"""
