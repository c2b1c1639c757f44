"""Collector Desk: a workstation for collecting overdue card and loan debts, lawfully and decently."""

__version__ = "0.1.0"
