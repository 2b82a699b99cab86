"""JSON API, feeds out, portal pages and the editor's desk, all on aggregator.query."""
