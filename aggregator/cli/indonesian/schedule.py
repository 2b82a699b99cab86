"""The schedule: when channels are polled, and why."""

MESSAGES = {
    "is longer than max_interval": "lebih lama daripada max_interval",
    "write a span of time as 30s, 15m, 2h or 1d": "tulis rentang waktu sebagai 30s, 15m, 2h, 1d",
    "write hours as 22:00-04:30": "tulis jam sebagai 22:00-04:30",
}
