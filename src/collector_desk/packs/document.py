"""A pack as a document to read: the words as they will be said, the rules with clause and how sure they are.

It is made of the very text that is released and leaves nothing of it out: what has no place of its own stands at
the end of its part as "name: value". A file that can't be read is shown as it is written.
"""

import tomllib
from collections.abc import Iterator, Mapping
from enum import Enum, StrEnum
from typing import Any, NamedTuple

from collector_desk.domain.calls.scripts import Phase, ScriptTone
from collector_desk.domain.conduct.values import Confidence
from collector_desk.domain.text.wording import Category, Severity
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Speaker


class PackPart(StrEnum):
    """What a line of the document is."""

    TITLE = "title"
    HEADING = "heading"
    SAYS = "says"
    SAYS_FIRM = "says_firm"
    SAYS_ESCALATION = "says_escalation"
    SAYS_UNKNOWN = "says_unknown"
    SAYS_THIRD = "says_third"
    GUIDE = "guide"
    NEVER = "never"
    WAY = "way"
    CLAUSE = "clause"
    SURE = "sure"
    HEARD = "heard"
    BEHIND = "behind"
    FIRST = "first"
    ASKS = "asks"
    LOGS = "logs"
    WORDS = "words"
    OTHER = "other"


class DocumentLine(NamedTuple):
    """One line: its text as the pack has it, and the members of the vocabulary that stand beside it."""

    part: PackPart
    text: str
    of: tuple[Enum, ...] = ()


_SAID: Mapping[str, PackPart] = {
    "say": PackPart.SAYS,
    "say_firm": PackPart.SAYS_FIRM,
    "say_escalation": PackPart.SAYS_ESCALATION,
    "say_unknown": PackPart.SAYS_UNKNOWN,
    "say_third": PackPart.SAYS_THIRD,
    "guidance": PackPart.GUIDE,
    "never_say": PackPart.NEVER,
    "sounds_like": PackPart.HEARD,
    "behind_it": PackPart.BEHIND,
    "first_do": PackPart.FIRST,
    "next_question": PackPart.ASKS,
    "log": PackPart.LOGS,
    "phrases": PackPart.WORDS,
    "allowed": PackPart.WORDS,
}
_MEMBERS: Mapping[str, type[StrEnum]] = {
    "phase": Phase,
    "tone": ScriptTone,
    "conf": Confidence,
    "category": Category,
    "severity": Severity,
    "outcome": Outcome,
    "reason": ArrearsReason,
    "entry": Speaker,
    "becomes": Speaker,
}


def document(files: Mapping[str, str], language: str) -> tuple[DocumentLine, ...]:
    """The files of a pack, its head first; of a text in two languages the one of ``language`` stands first."""
    tables: dict[str, dict[str, Any]] = {}
    lines: list[DocumentLine] = []
    for name in sorted(files, key=lambda name: (not name.endswith("pack.toml"), name)):
        try:
            tables[name] = tomllib.loads(files[name])
        except tomllib.TOMLDecodeError:
            lines += (DocumentLine(PackPart.TITLE, name), DocumentLine(PackPart.OTHER, files[name]))
    steps = _headlines(tables.values())
    head = tables.get("pack.toml", {}).get("pack")
    order = list(head.get("scripts", ())) if isinstance(head, dict) else []
    for name in sorted(tables, key=lambda name: order.index(name) if name in order else -1):
        lines += _file(name, tables[name], steps, language)
    return tuple(lines)


def _headlines(tables: Any) -> dict[str, str]:
    """What each step is about, by its id, and by its script and id."""
    found: dict[str, str] = {}
    for table in tables:
        head = table.get("script")
        purpose = head.get("purpose", "") if isinstance(head, dict) else ""
        if isinstance(head, dict) and head.get("title"):
            found[f"@{purpose}"] = str(head["title"])
        for step in _dicts(table.get("step")):
            named, about = str(step.get("id", "")), str(step.get("headline", ""))
            found.setdefault(named, about)
            found[f"{purpose}.{named}"] = found[f"@{purpose}.{named}"] = about
    return found


def _file(name: str, table: dict[str, Any], steps: Mapping[str, str], language: str) -> Iterator[DocumentLine]:
    head = table.get("script")
    title = head.get("title") if isinstance(head, dict) else None
    yield DocumentLine(PackPart.TITLE, str(title or name))
    for key, value in table.items():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for one in value:
                yield from _part(key, one, steps, language)
        elif isinstance(value, dict) and value and all(isinstance(one, dict) for one in value.values()):
            for inner, one in value.items():
                yield from _part(f"{key} · {inner}", one, steps, language)
        elif isinstance(value, dict):
            yield from _part(key, value, steps, language)
        else:
            yield from _value(key, value, language)


def _part(key: str, table: dict[str, Any], steps: Mapping[str, str], language: str) -> Iterator[DocumentLine]:
    """A step, a card, a rule, a group of words: named by what it says of itself."""
    rest = dict(table)
    heading = next((rest.pop(name) for name in ("headline", "title") if isinstance(rest.get(name), str)), None)
    texts = rest.pop("text", None)
    if isinstance(texts, dict):
        first, second = _in_order(texts, language)
        yield DocumentLine(PackPart.HEADING, first)
        if second:
            yield DocumentLine(PackPart.OTHER, second)
    else:
        yield DocumentLine(PackPart.HEADING, str(heading or key), _members(rest))
        if texts is not None:
            rest["text"] = texts
    clause = [str(rest.pop(name)) for name in ("clause_zh", "clause") if name in rest]
    if clause:
        yield DocumentLine(PackPart.CLAUSE, "; ".join(dict.fromkeys(clause)))
    if isinstance(conf := _member("conf", rest.get("conf")), Confidence):
        del rest["conf"]
        yield DocumentLine(PackPart.SURE, "", (conf,))
    branches = rest.pop("branches", ())
    lines = [line for name, value in rest.items() for line in _value(name, value, language)]
    yield from (line for line in lines if line.part is not PackPart.OTHER)
    for branch in _dicts(branches):
        yield _way(branch, steps)
    if others := [line for line in lines if line.part is PackPart.OTHER]:
        members = tuple(member for line in others for member in line.of)
        yield DocumentLine(PackPart.OTHER, " · ".join(line.text for line in others if not line.of), members)


def _way(branch: dict[str, Any], steps: Mapping[str, str]) -> DocumentLine:
    rest = dict(branch)
    text = " ".join(filter(None, (str(rest.pop("digit", "")), str(rest.pop("label", "")))))
    if goes := rest.pop("to", None):
        text += f" → {steps.get(str(goes)) or goes}"
    members = _members(rest)
    others = [f"{name}: {value}" for name, value in rest.items()]
    return DocumentLine(PackPart.WAY, "; ".join([text, *others]), members)


def _value(name: str, value: Any, language: str) -> Iterator[DocumentLine]:
    part = _SAID.get(name)
    if isinstance(value, dict) and set(value) <= {"en", "zh_CN"}:
        for text in _in_order(value, language):
            if text:
                yield DocumentLine(PackPart.OTHER, f"{name}: {text}")
    elif part in (PackPart.NEVER, PackPart.GUIDE) and isinstance(value, list):
        for one in value:
            yield DocumentLine(part, str(one))
    elif part is not None:
        yield DocumentLine(part, " / ".join(map(str, value)) if isinstance(value, list) else str(value))
    elif (member := _member(name, value)) is not None:
        yield DocumentLine(PackPart.OTHER, name, (member,))
    else:
        yield DocumentLine(PackPart.OTHER, f"{name}: {_plain(value)}")


def _in_order(texts: Mapping[str, Any], language: str) -> tuple[str, str]:
    first = str(texts.get(language) or next(iter(texts.values()), ""))
    return first, next((str(text) for text in texts.values() if str(text) != first), "")


def _members(table: dict[str, Any]) -> tuple[Enum, ...]:
    """The members of the vocabulary among the values, which are taken out."""
    found = []
    for name in list(table):
        if name != "conf" and (member := _member(name, table[name])) is not None:
            found.append(member)
            del table[name]
    return tuple(found)


def _member(name: str, value: Any) -> StrEnum | None:
    kind = _MEMBERS.get(name)
    try:
        return kind(value) if kind is not None and isinstance(value, str) else None
    except ValueError:
        return None


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, dict):
        return "; ".join(f"{name} = {_plain(one)}" for name, one in value.items())
    return str(value)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list | tuple) else []
