"""Ids of whatever may leave the machine: UUIDv7, so that packages merge without collisions and sort by time."""

from uuid_utils import uuid7


def new_id() -> str:
    """A new id: 32 hex digits, its first 12 the milliseconds since 1970."""
    return uuid7().hex
