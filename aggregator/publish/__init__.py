"""Ports to school portals: one adapter per file, and the outbox."""
