"""Feeds out: RSS 2.0, Atom and JSON Feed of whatever a filter leaves."""
