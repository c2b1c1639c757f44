"""The demo's password, as its sign-in and lock page show it. Asked before the first picture: imports nothing."""

PASSWORD = "demo-2026-desk"  # noqa: S105 -- everybody's in the demo, no secret
