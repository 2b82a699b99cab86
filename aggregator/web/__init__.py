"""The web: JSON API, feeds out, portal pages and the editor's desk. Reads through aggregator.query."""
