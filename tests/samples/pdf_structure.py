"""Reads the structure of a tagged PDF back, and says what is wrong with it. Written apart from what makes it."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdf
from pypdf.generic import ContentStream

_PAINTS = frozenset(
    [
        b"Tj",
        b"TJ",
        b"'",
        b'"',
        b"S",
        b"s",
        b"f",
        b"F",
        b"f*",
        b"B",
        b"B*",
        b"b",
        b"b*",
        b"Do",
        b"sh",
        b"BI",
        b"INLINE IMAGE",
    ]
)
_STANDARD = frozenset(
    (
        "Document",
        "Div",
        "Caption",
        "H1",
        "H2",
        "H3",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "Figure",
    )
) | {"Form"}  # those of ours
_INSIDE = {
    "TR": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "Caption": {"Div"},
}


@dataclass
class Element:
    """One element of the structure: its own words and those of its kids are ``text``."""

    kind: str
    raw: dict[str, Any]
    kids: list["Element | str"] = field(default_factory=list)
    start: tuple[int, float, float] | None = None
    """Where its first mark begins: page from 0, points from the left, points from the foot."""
    picture: bytes = b""
    """The image drawn for it, as it lies in the file."""

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def all(self, *kinds: str) -> Iterator["Element"]:
        if not kinds or self.kind in kinds:
            yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.all(*kinds)

    def elements(self) -> list["Element"]:
        return [kid for kid in self.kids if isinstance(kid, Element)]


class Structure:
    """The tree of a PDF and its faults."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
        self.root = self.reader.trailer["/Root"]
        self.faults: list[str] = []
        self._marks: dict[tuple[int, int], str] = {}
        self._starts: dict[tuple[int, int], tuple[int, float, float]] = {}
        self._pictures: dict[tuple[int, int], bytes] = {}
        self._pages = {page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages)}
        for number, page in enumerate(self.reader.pages):
            self._read_page(number, page)
        self._taken: dict[tuple[int, int], int] = {}  # mark: number of its element
        self._annotations: dict[int, int] = {}
        tree = self.root["/StructTreeRoot"]
        self.document = self._element(tree.raw_get("/K"), tree.indirect_reference.idnum, None)
        self._check_marks()
        self._check_parents(tree)
        self._check_elements()

    # --- pages ---

    def _read_page(self, number: int, page: pypdf.PageObject) -> None:
        fonts = {
            name: _unicode(font.get_object()["/ToUnicode"].get_data().decode())
            for name, font in page["/Resources"]["/Font"].items()
        }
        open_: list[int | None] = []  # the mark, None for what is none
        font: dict[int, str] = {}
        in_text = False
        matrix, kept, origin = _UNMOVED, [], (0.0, 0.0)
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            if operator == b"BDC":
                tag, about = operands
                mark = about.get("/MCID")
                if (mark is None) != (tag == "/Artifact"):
                    self.faults.append(f"page {number}: {tag} with {about}")
                if open_ or in_text:
                    self.faults.append(f"page {number}: {tag} opens within something")
                if mark is not None:
                    if (number, mark) in self._marks:
                        self.faults.append(f"page {number}: mark {mark} twice")
                    self._marks[number, mark] = ""
                open_.append(mark)
            elif operator == b"BMC":
                self.faults.append(f"page {number}: BMC")
            elif operator == b"EMC":
                if not open_ or in_text:
                    self.faults.append(f"page {number}: EMC out of place")
                open_ = open_[:-1]
            elif operator in (b"BT", b"ET"):
                in_text = operator == b"BT"
            elif operator == b"Tf":
                font = fonts[operands[0]]
            elif operator == b"q":
                kept.append(matrix)
            elif operator == b"Q":
                matrix, origin = kept.pop(), (0.0, 0.0)
            elif operator == b"cm":
                matrix = _moved([float(one) for one in operands], matrix)
            elif operator in (b"Tm", b"m", b"re"):
                origin = tuple(float(one) for one in (operands[4:6] if operator == b"Tm" else operands[:2]))
            if operator in _PAINTS:
                if open_ and open_[-1] is not None and (number, open_[-1]) not in self._starts:
                    x, y = _moved([1, 0, 0, 1, *origin], matrix)[4:]
                    self._starts[number, open_[-1]] = (number, x, y)
                if not open_:
                    self.faults.append(f"page {number}: {operands} {operator!r} is neither content nor artifact")
                elif operator == b"Tj" and open_[-1] is not None:
                    raw = operands[0]
                    codes = raw.original_bytes if hasattr(raw, "original_bytes") else bytes(raw)
                    self._marks[number, open_[-1]] += "".join(font[code] for code in codes)
                elif operator == b"Do" and open_[-1] is not None:
                    self._pictures[number, open_[-1]] = page["/Resources"]["/XObject"][operands[0]]._data
                elif operator in (b"TJ", b"'", b'"'):
                    self.faults.append(f"page {number}: text by {operator!r}, not read here")
        if open_:
            self.faults.append(f"page {number}: left open")
        if page["/StructParents"] != number or page["/Tabs"] != "/S":
            self.faults.append(f"page {number}: no place among the parents")

    # --- the tree ---

    def _element(self, reference: Any, parent: int, page: int | None) -> Element:
        raw = reference.get_object()
        if raw.raw_get("/P").idnum != parent:
            self.faults.append(f"{raw['/S']} has another parent")
        if "/Pg" in raw:
            page = self._pages[raw.raw_get("/Pg").idnum]
        element = Element(raw["/S"][1:], raw)
        kids = raw.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            found = kid if isinstance(kid, int) else kid.get_object()
            if isinstance(found, int):
                self._mark(element, (page, found), reference.idnum)
            elif found.get("/Type") == "/MCR":
                place = self._pages[found.raw_get("/Pg").idnum], found["/MCID"]
                self._mark(element, place, reference.idnum)
            elif found.get("/Type") == "/OBJR":
                self._annotations[found.raw_get("/Obj").idnum] = reference.idnum
            else:
                below = self._element(kid, reference.idnum, page)
                element.kids.append(below)
                element.start = element.start or below.start
        return element

    def _mark(self, element: Element, place: tuple[int, int], owner: int) -> None:
        if place in self._taken:
            self.faults.append(f"{place} stands twice in the tree")
        self._taken[place] = owner
        if place not in self._marks:
            self.faults.append(f"{place} is on no page")
        element.kids.append(self._marks.get(place, ""))
        element.start = element.start or self._starts.get(place)
        element.picture = element.picture or self._pictures.get(place, b"")

    # --- checks ---

    def _check_marks(self) -> None:
        self.faults += [f"{place} is not in the tree" for place in self._marks.keys() - self._taken.keys()]

    def _check_parents(self, tree: Any) -> None:
        numbers = tree["/ParentTree"]["/Nums"]
        table = dict(zip(numbers[::2], numbers[1::2], strict=True))
        if list(table) != sorted(table) or tree["/ParentTreeNextKey"] != max(table) + 1:
            self.faults.append("the parents are out of order")
        for number, page in enumerate(self.reader.pages):
            owners = [one.idnum for one in table[number]]
            if owners != [self._taken.get((number, mark)) for mark in range(len(owners))]:
                self.faults.append(f"page {number}: parents that are none")
            for one in page.get("/Annots", []):
                annotation = one.get_object()
                owner = self._annotations.get(one.idnum)
                if owner is None or table[annotation["/StructParent"]].idnum != owner:
                    self.faults.append(f"page {number}: an annotation without a place")
                if not annotation.get("/TU"):
                    self.faults.append(f"page {number}: an annotation without words")

    def _check_elements(self) -> None:
        level = 0
        for element in self.document.all():
            self._check_order(element)
            if element.kind not in _STANDARD:
                self.faults.append(f"{element.kind} is no standard kind")
            for kid in element.elements():
                if kid.kind in _INSIDE and element.kind not in _INSIDE[kid.kind]:
                    self.faults.append(f"{kid.kind} in {element.kind}")
            about = element.raw.get("/A", {})
            if element.kind == "TH" and (about.get("/O"), about.get("/Scope")) not in (
                ("/Table", "/Row"), ("/Table", "/Column"),
            ):  # fmt: skip
                self.faults.append(f"TH {element.text} heads nothing")
            if element.kind == "Figure" and not (element.raw.get("/Alt") and len(about.get("/BBox", [])) == 4):
                self.faults.append("a figure without words or place")
            if element.kind == "Table":
                widths = {len(row.elements()) for row in element.elements()}
                if len(widths) != 1:
                    self.faults.append(f"a table with rows of {widths} cells")
            if re.fullmatch(r"H\d", element.kind):
                new = int(element.kind[1])
                if new > level + 1:
                    self.faults.append(f"{element.kind} after H{level}")
                level = new
                if not element.text.strip():
                    self.faults.append("an empty heading")

    def _check_order(self, element: Element) -> None:
        """What is read later stands lower, or beside it to the right, or on a later page."""
        starts = [(kid, kid.start) for kid in element.elements() if kid.start]
        for (one, (page, x, y)), (other, (next_page, next_x, next_y)) in pairwise(starts):
            apart = 1 if one.kind == "Lbl" else _APART
            if not (next_page > page or (next_page == page and (next_y < y - 0.01 or next_x > x + apart))):
                self.faults.append(f"{other.kind} {other.text!r} is read after {one.kind} {one.text!r}")


_APART = 10  # points: no column is narrower, no indent wider
_UNMOVED = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


def _moved(a: list[float], b: list[float]) -> list[float]:
    return [
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    ]  # fmt: skip


def _unicode(cmap: str) -> dict[int, str]:
    return {
        int(code, 16): bytes.fromhex(character).decode("utf-16-be")
        for code, character in re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>", cmap)
    }
