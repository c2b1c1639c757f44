"""Conduct packs: TOML read strictly into the rules of ``domain.conduct``.

Nothing unknown is passed over: a field or kind the program doesn't know might be the one that mattered. Every
problem names its file and line. A pack's hash is that of the file's bytes: by it a decision can be traced to the
words it was made by.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from collector_desk.domain.conduct.rules import KINDS, Calendar, GateCondition, Note, Pack, Rule
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.packs.rule_checks import pack_problems, rule_problems
from collector_desk.packs.toml_lines import LineIndex, toml_error_line
from collector_desk.packs.wanted import wanted
from collector_desk.resources import resource

DEFAULT_PACKS = ("cn-card", "house")
"""What a real store goes by: the law's pack and the house's own over it; the strictest wins."""

_TABLES = ("pack", "rule", "note", "calendar")
_TIMES = ("start", "end")
_LANGUAGES = ("en", "zh_CN")
_T = TypeVar("_T")
Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One fault of a pack file: where, and what (a message)."""

    file: str
    line: int
    what: Message


class BadRulePack(Refused):
    """A pack that can't be used; ``problems`` holds every fault found, the message the first."""

    def __init__(self, problems: list[PackProblem]) -> None:
        first = problems[0]
        super().__init__("conduct.pack_broken", file=first.file, line=first.line, what=first.what, n=len(problems))
        self.problems = tuple(problems)


def load_pack(path: Path, *, today: date | None = None) -> Pack:
    """Read one pack. With ``today`` an expired one is refused as well.

    Raises ``BadRulePack`` for anything but a whole and consistent pack, ``Refused`` for a file that can't be read.
    """
    pack, problems = read_pack(path, today=today)
    if problems or pack is None:
        raise BadRulePack(problems)
    return pack


@cache
def load_shipped(pack_id: str) -> Pack:
    """One of the packs that come with the program, by its id; read once."""
    path = resource("rules", f"{pack_id}.toml")
    if not pack_id.replace("-", "").isalnum() or not path.is_file():
        raise Refused("conduct.pack_not_found", pack=pack_id)
    return load_pack(path)


def shipped_ids() -> tuple[str, ...]:
    """The ids of the packs that come with the program."""
    return tuple(sorted(path.stem for path in resource("rules").glob("*.toml")))


def check_set(packs: Iterable[Pack]) -> None:
    """Refuse packs that can't stand side by side: the same pack twice, or a rule's id in two of them."""
    rules: dict[str, str] = {}
    ids: set[str] = set()
    for pack in packs:
        if pack.id in ids:
            raise Refused("conduct.pack_twice", pack=pack.id)
        ids.add(pack.id)
        for rule in pack.rules:
            if rule.id in rules:
                raise Refused("conduct.rule_in_two_packs", rule=rule.id, pack=rules[rule.id], other=pack.id)
            rules[rule.id] = pack.id


def read_pack(path: Path, *, today: date | None = None) -> tuple[Pack | None, list[PackProblem]]:
    """Read a pack and list its problems; the pack is ``None`` where it could not be built at all.

    With ``today`` that it has expired is a problem as well.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused("conduct.pack_not_readable", file=path.name) from error
    return read_pack_bytes(path.name, data, today=today)


def read_pack_bytes(file: str, data: bytes, *, today: date | None = None) -> tuple[Pack | None, list[PackProblem]]:
    """The same for a pack in memory: for an editor that shows the problems while one writes."""
    return _Reader(file, data, today).read()


class _Reader:
    """One reading of one file; gathers the problems instead of stopping at the first."""

    def __init__(self, file: str, data: bytes, today: date | None) -> None:
        self.file = file
        self.data = data
        self.today = today
        self.problems: list[PackProblem] = []
        self.lines = LineIndex("")

    def read(self) -> tuple[Pack | None, list[PackProblem]]:
        try:
            text = self.data.decode("utf-8-sig")  # Windows editors write a mark before the text
            content = tomllib.loads(text)
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            return None, [PackProblem(self.file, line, msg("conduct.pack_not_utf8"))]
        except tomllib.TOMLDecodeError as error:
            return None, [
                PackProblem(self.file, toml_error_line(str(error)), msg("conduct.pack_not_toml", why=str(error)))
            ]
        self.lines = LineIndex(text)
        for name in content:
            if name not in _TABLES:
                self._add((name,), msg("conduct.field_unknown", field=name))
        pack = self._pack(content)
        if pack is not None:
            for where, problem in pack_problems(pack):
                self._add(where, problem)
            if self.today is not None and pack.valid_to is not None and pack.valid_to < self.today:
                self._add(("pack", "valid_to"), msg("conduct.pack_is_expired", day=pack.valid_to))
        self.problems.sort(key=lambda problem: problem.line)
        return pack, self.problems

    def _pack(self, content: Mapping[str, Any]) -> Pack | None:
        rules = [self._rule(index, raw) for index, raw in enumerate(self._tables(content, "rule"))]
        notes = [self._value(Note, raw, ("note", index)) for index, raw in enumerate(self._tables(content, "note"))]
        calendars = [
            self._value(Calendar, raw, ("calendar", index))
            for index, raw in enumerate(self._tables(content, "calendar"))
        ]
        header = content.get("pack")
        if not isinstance(header, dict):
            self._add((), msg("conduct.field_missing", field="pack"))
            return None
        # What the file may not say itself, and what stands in tables of their own.
        own = {"rules", "notes", "calendars", "hash"} & set(header)
        for name in own:
            self._add(("pack", name), msg("conduct.field_unknown", field=name))
        whole = {**{name: value for name, value in header.items() if name not in own}, "rules": []}
        pack = self._value(Pack, whole, ("pack",))
        if pack is None or self.problems:
            return None
        return replace(
            pack,
            rules=tuple(rule for rule in rules if rule is not None),
            notes=tuple(note for note in notes if note is not None),
            calendars={calendar.id: calendar for calendar in calendars if calendar is not None},
            hash=hashlib.sha256(self.data).hexdigest(),
        )

    def _tables(self, content: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        tables = content.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._add((name,), msg("conduct.tables_wanted", field=name))
            return []
        return tables

    def _rule(self, index: int, raw: Mapping[str, Any]) -> Rule | None:
        kind = raw.get("kind")
        model = KINDS.get(kind) if isinstance(kind, str) else None
        if model is None:
            self._add(("rule", index, "kind"), msg("conduct.kind_unknown", kind=str(kind)))
            return None
        plain = {name: value for name, value in raw.items() if name != "kind"}
        for name in _TIMES:
            if name in plain and "start" in {field.name for field in fields(model)}:
                seconds = _seconds(plain[name])
                if seconds is None:
                    self._add(("rule", index, name), msg("conduct.time_wanted", field=name, value=str(plain[name])))
                    return None
                plain[name] = seconds
        rule = self._value(model, plain, ("rule", index))
        if rule is not None:
            for name, problem in rule_problems(rule):
                self._add(("rule", index, name), problem)
        return rule

    def _value(self, model: type[_T], raw: Mapping[str, Any], where: Where) -> _T | None:
        """One table as a value of the domain: nothing unknown, nothing missing, no type guessed."""
        from pydantic import TypeAdapter, ValidationError

        before = len(self.problems)
        for name in _unknown(model, raw):
            self._add((*where, name), msg("conduct.field_unknown", field=name))
        text = raw.get("text") if where != ("pack",) else raw.get("title")
        if text is not None and (
            not isinstance(text, dict) or set(text) != set(_LANGUAGES) or not all(text.values())
        ):
            name = "text" if where != ("pack",) else "title"
            self._add((*where, name), msg("conduct.text_wanted", field=name))
        if len(self.problems) > before:
            return None
        try:
            return TypeAdapter(model).validate_json(json.dumps(raw, default=str), strict=True)
        except ValidationError as error:
            for fault in error.errors():
                name = str(fault["loc"][0]) if fault["loc"] else ""
                if fault["type"] in ("missing", "missing_keyword_only_argument"):
                    self._add(where, msg("conduct.field_missing", field=name))
                else:
                    self._add((*where, name), msg("conduct.field_wrong", field=name, why=wanted(fault)))
            return None

    def _add(self, where: Where, what: Message) -> None:
        self.problems.append(PackProblem(self.file, self.lines.line(where), what))


def _unknown(model: type[Any], raw: Mapping[str, Any]) -> Iterator[str]:
    known = {field.name for field in fields(model)}
    yield from (name for name in raw if name not in known)
    if "opens_when" in known and isinstance(raw.get("opens_when"), list):
        conditions = {field.name for field in fields(GateCondition)}
        if any(not isinstance(one, dict) or set(one) - conditions for one in raw["opens_when"]):
            yield "opens_when"


def _seconds(value: object) -> int | None:
    """``"08:00"`` or ``"24:00"`` as seconds since midnight; ``None`` for anything else."""
    parts = value.split(":") if isinstance(value, str) else []
    if len(parts) != 2 or not all(len(part) == 2 and part.isascii() and part.isdigit() for part in parts):
        return None
    hour, minute = int(parts[0]), int(parts[1])
    seconds = hour * 3600 + minute * 60
    return seconds if minute < 60 and seconds <= 86_400 else None
