"""Collects every pattern of the source and tries each on texts made against it; prints what grows too fast as JSON.

A process of its own: a pattern that hangs keeps the interpreter, and only the one who waits outside can end that.
"""

import ast
import importlib
import json
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import collector_desk

SOURCE = Path(collector_desk.__file__).parent
METHODS = ("search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split", "compile")
STEPS = ((50, 200), (750, 3000))
"""Lengths: the first tells what explodes, before the last would keep us for hours."""
QUICK = 0.001  # seconds; at the last length what grows with the square takes a multiple
MOST = 8.0
OTHERS = 'a1 <",一'
Text = str | bytes


@dataclass
class Found:
    """A pattern with where it stands and what is done with it."""

    pattern: re.Pattern[Any]
    places: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)


class Collector:
    """Every call of ``re`` in the source hands over its pattern: read in the code, found in a module, or heard."""

    def __init__(self) -> None:
        self.found: dict[tuple[Text, int], Found] = {}
        self.trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
        self.sites = {
            f"{path.relative_to(SOURCE).as_posix()}:{call.lineno}": call
            for path, tree in self.trees.items()
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and _is_of_re(call)
        }
        self.seen: set[str] = set()
        self.names_of = self._names_of()
        self.used = self._used()

    def _used(self) -> dict[str, set[str]]:
        """What is done with a name: ``_DAY.fullmatch(…)``."""
        used: dict[str, set[str]] = {}
        for tree in self.trees.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.Attribute) and node.attr in METHODS:
                    name = getattr(node.value, "id", getattr(node.value, "attr", ""))
                    used.setdefault(name, set()).add(node.attr)
        return used

    def _names_of(self) -> dict[str, set[str]]:
        """The names that what a site compiles is given."""
        names: dict[str, set[str]] = {}
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign):
                    given = {getattr(one, "id", getattr(one, "attr", "")) for one in node.targets}
                    for call in ast.walk(node.value):
                        if isinstance(call, ast.Call) and _is_of_re(call):
                            names.setdefault(f"{path.relative_to(SOURCE).as_posix()}:{call.lineno}", set()).update(
                                given
                            )
        return names

    def add(self, pattern: re.Pattern[Any], place: str, methods: set[str]) -> None:
        one = self.found.setdefault((pattern.pattern, pattern.flags), Found(pattern))
        one.places.add(place)
        one.methods |= methods - {"compile"}

    def listen(self) -> None:
        """From now on everything that is compiled inside the source is heard."""
        compiled = re._compile  # type: ignore[attr-defined]

        def heard(pattern: Any, flags: int) -> Any:
            made = compiled(pattern, flags)
            frame = sys._getframe(2)
            place = Path(frame.f_code.co_filename)
            if place.is_relative_to(SOURCE):
                # a call over several lines bears the line of its beginning in the tree
                site = f"{place.relative_to(SOURCE).as_posix()}:{frame.f_lineno}"
                self.seen.add(site)
                call = self.sites.get(site)
                method = call.func.attr if call and isinstance(call.func, ast.Attribute) else "compile"
                known = set().union(*(self.used.get(name, set()) for name in self.names_of.get(site, ())))
                self.add(made, site, (known or set(METHODS[:3])) if method == "compile" else {method})
            return made

        re._compile = heard  # type: ignore[attr-defined]

    def literals(self) -> None:
        """Patterns written out where they are used."""
        for site, call in self.sites.items():
            try:
                pattern = ast.literal_eval(call.args[0])
            except ValueError:
                continue
            self.seen.add(site)
            method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            if method != "compile":
                self.add(re.compile(pattern), site, {method})

    def names(self) -> None:
        """What is done with the patterns that modules and their things hold by a name."""
        for name, module in list(sys.modules.items()):
            if name.startswith("collector_desk"):
                for key, value in vars(module).items():
                    for pattern in _patterns(value, 3):
                        self.add(pattern, f"{name}.{key}", self.used.get(key, set()))


def _is_of_re(call: ast.Call) -> bool:
    func = call.func
    return isinstance(func, ast.Attribute) and getattr(func.value, "id", "") == "re" and func.attr in METHODS


def _patterns(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from _patterns(one, depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _patterns(one, depth - 1)


def use_everything() -> None:
    """What makes its patterns only when it is asked: the shipped word lists and packs."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(["collector_desk", *path.relative_to(SOURCE).with_suffix("").parts]).removesuffix(
            ".__init__"
        )
        if not name.endswith("__main__") and ".migrations." not in name:
            importlib.import_module(name)
    from collector_desk.commands import packs
    from collector_desk.domain.calls.speech import Listener
    from collector_desk.domain.packs import script_proof
    from collector_desk.packs import lexicon, word_lists
    from collector_desk.resources import resources_folder

    Listener(word_lists.load_speech())
    lexicon.shipped_check()
    script_proof._pattern(("再不还", "or else"), whole=True)
    for room in ("scripts", "rules", "objections"):
        for kind, path in packs._found(resources_folder() / room):
            assert not list(packs._faults(kind, path))


# --- texts against a pattern ------------------------------------------------------------------------------------


def pieces(pattern: re.Pattern[Any]) -> list[list[str]]:
    """A few texts the pattern likes, each in pieces: what may stand for itself, in order."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    return [_sample(tree, turn) for turn in range(2)]


def _sample(tree: Any, turn: int) -> list[str]:
    out: list[str] = []
    for kind, value in tree:
        if kind is kinds.LITERAL:
            out.append(chr(value))
        elif kind in (kinds.NOT_LITERAL, kinds.ANY):
            out.append("b" if value == ord("a") else "a")
        elif kind is kinds.IN:
            out.append(_member(value, turn))
        elif kind is kinds.BRANCH:
            branches = value[1]
            out += _sample(branches[(turn * 7) % len(branches)], turn)
        elif kind is kinds.SUBPATTERN:
            out += _sample(value[3], turn)
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            low, _, body = value
            if low or turn % 2 == 0:
                out += _sample(body, turn) * min(max(low, 1), 20)
        elif kind is kinds.ATOMIC_GROUP:
            out += _sample(value, turn)
    return out


def _member(members: Any, turn: int) -> str:
    if members[0][0] is kinds.NEGATE:
        refused = (
            re.compile("[" + "".join(map(re.escape, _texts(members[1:]))) + "]") if _texts(members[1:]) else None
        )
        for one in "b2 一<x-" if turn % 2 else "<b2 一x-":
            if refused is None or not refused.match(one):
                return one
        return "\x01"
    kind, value = members[turn % len(members)]
    if kind is kinds.LITERAL:
        return chr(value)
    if kind is kinds.RANGE:
        return chr(value[0])
    words = {kinds.CATEGORY_DIGIT: "1", kinds.CATEGORY_SPACE: " ", kinds.CATEGORY_WORD: "a"}
    return words.get(value, "-")


def _texts(members: Any) -> list[str]:
    out = []
    for kind, value in members:
        if kind is kinds.LITERAL:
            out.append(chr(value))
        elif kind is kinds.RANGE:
            out += [chr(value[0]), chr(value[1])]
        elif kind is kinds.CATEGORY:
            out += {
                kinds.CATEGORY_DIGIT: "0123456789",
                kinds.CATEGORY_SPACE: " \t\n",
                kinds.CATEGORY_WORD: "ab2一",
            }.get(value, "")
    return out


def hostile(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Beginning, what is repeated, end: whatever makes a pattern begin often, go on long and fail late."""
    seen: set[tuple[str, str, str]] = set()
    for sample in pieces(pattern):
        whole = "".join(sample)
        chars = dict.fromkeys(whole[:8] + OTHERS)
        heads = [whole[:count] for count in {0, 1, 2, len(whole) // 2, max(len(whole) - 1, 0), len(whole)}]
        units = [*chars, *(head for head in heads if len(head) > 1)]
        for head in heads:
            for unit in [*units, *(head[-1:] + b for b in " 1a")] if head else units:
                one = (head, unit, "\x00")
                if one not in seen:
                    seen.add(one)
                    yield one


def text_of(parts: tuple[str, str, str], size: int, of: type) -> Text:
    head, unit, end = parts
    text = head + (unit * (size // len(unit) + 1))[:size] + end
    return text.encode("utf-8", "replace") if of is bytes else text


def seconds(work: Any, text: Text) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


def best(work: Any, parts: tuple[str, str, str], size: int, of: type) -> float:
    return min(seconds(work, text_of(parts, size, of)) for _ in range(5))


def tried(one: Found) -> dict[str, Any] | None:
    """The first text on which the pattern takes more than ``MOST`` times as long for four times the length."""
    of = type(one.pattern.pattern)
    methods = one.methods & {"search", "match", "fullmatch"} or {"search"}
    if one.methods - {"search", "match", "fullmatch"}:
        methods.add("findall")
    for name in sorted(methods):
        work = getattr(one.pattern, name)
        for parts in hostile(one.pattern):
            for short, long in STEPS:
                if seconds(work, text_of(parts, long, of)) < QUICK:
                    continue
                slow, fast = best(work, parts, long, of), best(work, parts, short, of)
                if slow <= QUICK or slow <= MOST * fast:
                    continue
                if slow > 1 or best(work, parts, 4 * long, of) > MOST * best(work, parts, long, of):
                    shown = [part[:40] for part in parts]
                    return {"method": name, "parts": shown, "long": long, "seconds": round(slow, 3)}
    return None


class HangsError(Exception):
    """A pattern that comes to no end."""


def within(limit: int, one: Found) -> dict[str, Any] | None:
    """``tried``, where the system can ring a bell; elsewhere whoever waits outside ends us."""
    if not hasattr(signal, "SIGALRM"):
        return tried(one)

    def ring(*_: object) -> None:
        raise HangsError

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(limit)
    try:
        return tried(one)
    except HangsError:
        return {"hangs": limit}
    finally:
        signal.alarm(0)


def say(value: object) -> None:
    """A line for whoever waits outside."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main() -> None:
    collector = Collector()
    collector.listen()
    use_everything()
    collector.literals()
    collector.names()
    missing = sorted(set(collector.sites) - collector.seen)
    say({"patterns": len(collector.found), "unseen": missing})
    for one in collector.found.values():
        about = {"pattern": str(one.pattern.pattern)[:120], "places": sorted(one.places)}
        say({"trying": about})
        bad = within(30, one)
        if bad:
            say({"slow": {**about, **bad}})


if __name__ == "__main__":
    main()
