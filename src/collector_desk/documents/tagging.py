"""The structure beside the page: what each mark on it is, in the order it is read, for those who do not see it.

A document's parts are made with its flowables, before anything is drawn: a table's cells, a picture and its words.
Drawing only notes which marked content belongs to which part, so that breaking over pages can't change the order.
What decorates (rules, shades, the heads and feet of pages) is marked as such and stands outside the structure.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase import pdfdoc

COLUMN_HEAD = "/O/Table/Scope/Column"
ROW_HEAD = "/O/Table/Scope/Row"


class Part:
    """One element of the structure: ``kind`` as the PDF standard names it, so that no map of roles is needed.

    ``alt`` says in words what a figure shows. Its kids are parts, or places on pages: (page from 0, mark).
    """

    __slots__ = ("alt", "attributes", "kids", "kind", "parent")

    def __init__(self, kind: str, kids: "Iterable[Part]" = (), *, alt: str = "", attributes: str = "") -> None:
        self.kind, self.alt, self.attributes = kind, alt, attributes
        self.parent: Part | None = None
        self.kids: list[Part | tuple[int, int]] = []
        self.add(*kids)

    def add(self, *kids: "Part") -> "Part":
        """Put more kids behind those it has."""
        for kid in kids:
            kid.parent = self
        self.kids += kids
        return self

    def top(self) -> "Part":
        """The outermost part it belongs to."""
        part = self
        while part.parent:
            part = part.parent
        return part


def parts_of(story: Iterable[Any]) -> Iterator[Part]:
    """The outermost parts of a story, each once, in the order of the story."""
    last = None
    for part in _told(story):
        top = part.top()
        if top is not last:
            yield top
        last = top


def _told(story: Iterable[Any]) -> Iterator[Part]:
    for one in story:
        if (part := getattr(one, "part", None)) is not None:
            yield part
        elif isinstance(one, (list, tuple)):
            yield from _told(one)
        elif (inside := getattr(one, "_cellvalues", None) or getattr(one, "_content", None)) is not None:
            yield from _told(inside)  # a table, or what is kept together


class Tags:
    """Notes for one document what has been drawn where, and writes the tree of it at the end."""

    def __init__(self) -> None:
        self._owners: list[list[Part]] = []  # of each page, by mark

    @contextmanager
    def content(self, canvas: Any, part: Part) -> Iterator[None]:
        """What is drawn inside belongs to the part."""
        page = canvas.getPageNumber() - 1
        while len(self._owners) <= page:
            self._owners.append([])
        owners = self._owners[page]
        part.kids.append((page, len(owners)))
        canvas._code.append(f"/{part.kind} <</MCID {len(owners)}>> BDC")
        owners.append(part)
        yield
        canvas._code.append("EMC")

    def write(self, document: Any, parts: Sequence[Part]) -> None:
        """Put the tree into reportlab's document, all pages of which are there already."""
        pages = [document.idToObjectNumberAndVersion[f"Page{n + 1}"][0] for n in range(len(document.Pages.pages))]
        objects: list[tuple[Part, _Written]] = []
        numbers: dict[int, int] = {}

        def register(part: Part) -> None:
            numbers[id(part)] = _number(document, written := _Written())
            objects.append((part, written))
            for kid in part.kids:
                if isinstance(kid, Part):
                    register(kid)

        root = _Written()
        top = _number(document, root)
        whole = Part("Document", parts)
        register(whole)
        for part, written in objects:
            above = numbers[id(part.parent)] if part.parent else top
            written.body = _element(part, above, numbers, pages)
        rows = []
        for page, owners in enumerate(self._owners):
            rows.append(f"{page}[{' '.join(f'{numbers[id(part)]} 0 R' for part in owners)}]")
        root.body = (
            f"<</Type/StructTreeRoot/K {numbers[id(whole)]} 0 R/ParentTreeNextKey {len(pages)}"
            f"/ParentTree<</Nums[{' '.join(rows)}]>>>>"
        )
        for number, page_object in enumerate(document.Pages.pages):
            page_object.StructParents, page_object.Tabs = number, pdfdoc.PDFName("S")
            page_object.__NoDefault__ = [*page_object.__NoDefault__, "StructParents", "Tabs"]
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


@contextmanager
def artifact(canvas: Any, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
    """What is drawn inside is no content: it decorates, or repeats on every page."""
    more = f"/Subtype/{subtype}" if subtype else ""
    canvas._code.append(f"/Artifact <</Type/{kind}{more}>> BDC")
    yield
    canvas._code.append("EMC")


def decorated(table: Any, moment: str, *_: Any) -> None:
    """A table's shades and rules are no content: called by reportlab as the table is drawn."""
    if moment in ("startBG", "startLines"):
        table.canv._code.append("/Artifact <</Type/Layout>> BDC")
    elif moment in ("endBG", "endLines"):
        table.canv._code.append("EMC")


class _Written(pdfdoc.PDFObject):
    """An object written already: reportlab only gives it its number."""

    __RefOnly__ = 1
    body = ""

    def format(self, _document: Any) -> bytes:
        return self.body.encode("ascii")


def _number(document: Any, written: _Written) -> int:
    document.Reference(written)
    number: int = document.objectcounter
    return number


def _element(part: Part, above: int, numbers: dict[int, int], pages: Sequence[int]) -> str:
    home = next((kid[0] for kid in part.kids if isinstance(kid, tuple)), None)
    kids = []
    for kid in part.kids:
        if isinstance(kid, Part):
            kids.append(f"{numbers[id(kid)]} 0 R")
        elif kid[0] == home:
            kids.append(str(kid[1]))
        else:  # the rest of it, on a later page
            kids.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    return "".join((
        f"<</Type/StructElem/S/{part.kind}/P {above} 0 R",
        f"/Pg {pages[home]} 0 R" if home is not None else "",
        f"/K[{' '.join(kids)}]" if kids else "",
        f"/Alt<FEFF{part.alt.encode('utf-16-be').hex().upper()}>" if part.alt else "",
        f"/A<<{part.attributes}>>" if part.attributes else "",
        ">>",
    ))  # fmt: skip
