"""A TOML text read strictly into a model, with everything that is wrong at its line."""

import tomllib
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from collector_desk.domain.message import Message, msg
from collector_desk.packs.toml_lines import LineIndex, toml_error_line


@dataclass(frozen=True, slots=True)
class PackFault:
    """One thing wrong, where an author can find it."""

    file: str
    line: int
    message: Message


class Strict(BaseModel):
    """Base of what a pack's file may hold: an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_M = TypeVar("_M", bound=Strict)


def parse(file: str, raw: bytes, model: type[_M]) -> tuple[_M | None, list[PackFault], LineIndex]:
    """The file's content as the model, None with the faults where it is something else; and where things stand."""
    try:
        text = raw.decode("utf-8-sig")  # Windows editors write a mark before the text
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [PackFault(file, line, msg("calls.scripts.not_utf8"))], LineIndex("")
    lines = LineIndex(text)
    try:
        return model.model_validate(tomllib.loads(text)), [], lines
    except tomllib.TOMLDecodeError as error:
        line = toml_error_line(str(error))
        return None, [PackFault(file, line, msg("calls.scripts.not_toml", reason=str(error)))], lines
    except ValidationError as error:
        return None, [_model_fault(file, lines, one) for one in error.errors(include_url=False)], lines


def _model_fault(file: str, lines: LineIndex, error: Any) -> PackFault:
    where = tuple(part for part in error["loc"] if part != "[key]")
    place = ".".join(str(part) for part in where)
    kind, reason = error["type"], error["msg"]
    if kind == "extra_forbidden":
        message = msg("calls.scripts.unknown_key", key=place)
    elif kind == "missing":
        message = msg("calls.scripts.missing_key", key=place)
    elif kind == "enum":
        choices = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        message = msg("calls.scripts.not_one_of", key=place, choices=choices)
    else:
        message = msg("calls.scripts.bad_value", key=place, reason=reason)
    return PackFault(file, lines.line(where), message)
