"""Which channel is polled when, and why. Pure but for ``timetable``, which reads the database.

    arrivals ──> rhythm ──> decision ──> spread ──> timetable
                 (expected)  (when, why)  (whose turn)

The doctrine, with its thresholds and what was rejected, is in ``docs/explanation/scheduling.md``.
"""
