"""The demo's and the tour's own clock: it goes forward only, and only when told."""

from datetime import UTC, datetime, timedelta, tzinfo


class ForwardClock:
    """A clock that seats go by while invented days are lived; equal tellings give equal times."""

    def __init__(self, at: datetime, zone: tzinfo) -> None:
        self.at = at.astimezone(UTC)
        self._zone = zone

    def now(self) -> datetime:
        """The instant it stands at, in UTC."""
        return self.at

    def local(self) -> datetime:
        """The same on the desk's clock."""
        return self.at.astimezone(self._zone)

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=max(seconds, 0))

    def come_to(self, at: datetime) -> None:
        """Go on to an instant; one gone by changes nothing, as no real clock is set back."""
        self.at = max(self.at, at.astimezone(UTC))

    def until(self, hour: int, minute: int = 0, days: int = 0) -> None:
        """Go on to a time of day on the desk's clock, some days on."""
        local = self.local() + timedelta(days=days)
        self.come_to(local.replace(hour=hour, minute=minute, second=0, microsecond=0))
