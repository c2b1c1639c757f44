"""Frozen dataclasses to plain JSON values and back, so that a whole thing can be hashed, stored and carried.

Only what the domain's values are made of: text, numbers, booleans, dates, aware instants, enums, Money,
other dataclasses, tuples of them, and None.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")


def to_plain(value: object) -> Any:
    """The value as dicts, lists, text and numbers. Instants become UTC ISO text; a naive one is a ValueError."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"no plain form for {type(value).__name__}")


def from_plain(kind: type[_Value], plain: object) -> _Value:
    """The value of type ``kind`` that ``to_plain`` wrote. Raises ValueError where it does not fit."""
    return cast("_Value", _read(kind, plain))


def canonical(value: object) -> bytes:
    """One and the same bytes for equal values: sorted keys, no spaces, UTF-8."""
    plain = to_plain(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def digest(value: object) -> str:
    """SHA-256 over the canonical bytes, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if plain is None:
            return None
        return _read(next(part for part in get_args(kind) if part is not NoneType), plain)
    if origin is tuple:
        parts = get_args(kind)
        if not isinstance(plain, list):
            raise ValueError("a list was expected")
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(_read(parts[0], part) for part in plain)
        return tuple(_read(part, value) for part, value in zip(parts, plain, strict=True))
    if dataclasses.is_dataclass(kind):
        if not isinstance(plain, dict):
            raise ValueError("a group of fields was expected")
        hints = _hints(cast("type", kind))
        unknown = plain.keys() - hints.keys()
        if unknown:
            raise ValueError("a field nobody knows")
        return cast("type", kind)(**{name: _read(hints[name], part) for name, part in plain.items()})
    return _read_single(kind, plain)


def _read_single(kind: Any, plain: Any) -> Any:
    if kind is datetime or kind is date:
        if not isinstance(plain, str):
            raise ValueError("a date was expected")
        return kind.fromisoformat(plain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    if kind is int and isinstance(plain, bool):
        raise ValueError("a number was expected")
    if not isinstance(plain, kind):
        raise ValueError("the wrong kind of value")  # noqa: TRY004 -- what was read is at fault, not the caller
    return plain
