"""Reads layouts of contact records (TOML), every fault with its file and line.

They lie with the program (``resources/layouts``) and, for a bank's own, in the user's data folder (``layouts``).
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from collector_desk.domain.exports.layout import (
    CodeMap,
    ContactField,
    ContactLayout,
    LayoutColumn,
    LayoutKind,
    faults_of,
)
from collector_desk.domain.message import Refused, Trouble, msg
from collector_desk.packs.strict_toml import PackFault, Strict, parse
from collector_desk.resources import home_folder, resource

FOLDER = "layouts"
_MOST = 1_000_000  # bytes of a file that is read at all


class _Title(Strict):
    zh_CN: str = Field(min_length=1)  # noqa: N815 -- a language tag
    en: str = Field(min_length=1)


class _Column(Strict):
    heading: str
    field: ContactField
    format: str = ""
    masked: bool = True
    from_file: tuple[str, ...] = ()


class _Head(Strict):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    version: str = Field(min_length=1)
    title: _Title
    language: Literal["zh_CN", "en"] = "zh_CN"
    sheet: str = Field(default="催记", min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\']+$")
    encoding: Literal["utf-8-sig", "gb18030"] = "utf-8-sig"
    sensitive_notes: bool = False
    kind: LayoutKind = LayoutKind.CONTACTS


class _Layout(Strict):
    layout: _Head
    column: tuple[_Column, ...] = Field(min_length=1)
    codes: dict[ContactField, dict[str, str]] = Field(default_factory=dict)
    back: dict[ContactField, dict[str, str]] = Field(default_factory=dict)


def read_layout(name: str, raw: bytes) -> tuple[ContactLayout | None, tuple[PackFault, ...]]:
    """The layout in a file's content, and everything wrong with it."""
    content, faults, lines = parse(name, raw, _Layout)
    if content is None:
        return None, tuple(faults)
    head = content.layout
    layout = ContactLayout(
        head.id,
        head.version,
        head.title.model_dump(),
        head.language,
        head.sheet,
        head.encoding,
        head.sensitive_notes,
        tuple(LayoutColumn(**column.model_dump()) for column in content.column),
        {field: CodeMap(codes, content.back.get(field, {})) for field, codes in content.codes.items()},
        hashlib.sha256(raw).hexdigest(),
        head.kind,
    )
    found = [PackFault(name, lines.line(where), message) for where, message in faults_of(layout)]
    found += [
        PackFault(name, lines.line(("back", field.value)), msg("exports.layout.not_coded", field=field.value))
        for field in content.back
        if field not in content.codes
    ]
    return layout, tuple(sorted(found, key=lambda fault: fault.line))


def layouts() -> tuple[tuple[ContactLayout, ...], tuple[PackFault, ...]]:
    """Layouts that can be used, a bank's own before a shipped one of its id, and what is wrong with the rest."""
    found: dict[str, ContactLayout] = {}
    faults: list[PackFault] = []
    for path in _files():
        layout, wrong = read_layout(path.name, _content(path))
        faults += wrong
        if layout is not None and not wrong:
            found[layout.id] = layout
    return tuple(found[name] for name in sorted(found)), tuple(faults)


def layout_named(name: str) -> ContactLayout:
    """The layout of this id. Raises Trouble with file and line where it is broken, Refused where there is none."""
    known, faults = layouts()
    for layout in known:
        if layout.id == name:
            return layout
    for fault in faults:
        raise Trouble("exports.layout.broken", file=fault.file, line=fault.line, detail=fault.message)
    raise Refused("exports.no_layout", "layout", name=name[:60], known=tuple(layout.id for layout in known))


def _files() -> Iterator[Path]:
    for folder in (resource(FOLDER), home_folder() / FOLDER):
        if folder.is_dir():
            yield from sorted(folder.glob("*.toml"))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST)
    except OSError as error:
        raise Trouble("calls.scripts.cannot_read", file=path.name) from error
