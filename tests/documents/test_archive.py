"""What a PDF/A-2b checker looks at, as far as it can be looked at with the parts at hand."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
from fontTools.ttLib import TTFont

from collector_desk.documents.signing import new_identity, sign_pdf
from collector_desk.documents.visit_report import visit_report_pdf
from tests.samples.visit_values import AGENCY, START, a_report, a_visit, at, photo, photos, words


@pytest.fixture(scope="module", params=["made", "signed"])
def reader(request, fonts) -> pypdf.PdfReader:
    data = replace(a_visit(debtor_name="欧阳䶮𬒔"), photos=photos(a_report()))
    pdf = visit_report_pdf(data, "zh_CN", replace(AGENCY, logo=photo(3)), words("zh_CN"), fonts).data
    if request.param == "signed":
        pdf = sign_pdf(pdf, new_identity(AGENCY.agency, START), at(310))
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def objects(reader: pypdf.PdfReader):
    for number in {*reader.xref.get(0, {}), *reader.xref_objStm}:
        yield reader.get_object(number)


def test_the_file_has_an_identifier_and_a_binary_mark(reader):
    assert len(reader.trailer["/ID"]) == 2
    reader.stream.seek(0)
    head = reader.stream.read(20).split(b"\n")
    assert head[0] == b"%PDF-1.7"
    assert all(byte > 127 for byte in head[1][1:5])
    assert "/Encrypt" not in reader.trailer


def test_the_metadata_say_the_same_twice(reader):
    xmp = reader.trailer["/Root"]["/Metadata"]
    assert "/Filter" not in xmp
    text = xmp.get_data().decode()
    about = reader.metadata
    for value in (about.title, about.author, about.subject, about.creator, about.producer):
        assert value
        assert value in text
    assert about.creation_date == about.modification_date == at(300)
    assert text.count("2026-11-23T07:00:00+00:00") == 2
    assert re.search(r"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", text)


def test_every_font_is_whole(reader):
    fonts = [o for o in objects(reader) if isinstance(o, dict) and o.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        about = font["/FontDescriptor"]
        assert (font["/Subtype"], about["/Flags"] & 36) == ("/TrueType", 4)  # symbolic, so no encoding is named
        assert "/Encoding" not in font
        inside = TTFont(io.BytesIO(about["/FontFile2"].get_data()))
        (table,) = inside["cmap"].tables
        widths = {code: inside["hmtx"][name][0] for code, name in table.cmap.items()}
        for place, width in enumerate(font["/Widths"]):
            if (code := font["/FirstChar"] + place) in widths:
                assert abs(widths[code] - width) <= 1


def test_nothing_is_in_it_that_an_archive_forbids(reader):
    intents = reader.trailer["/Root"]["/OutputIntents"]
    assert [i.get_object()["/S"] for i in intents] == ["/GTS_PDFA1"]
    for thing in objects(reader):
        if not isinstance(thing, dict):
            continue
        assert not {"/JS", "/Launch", "/AA", "/EmbeddedFiles", "/F1F", "/Alternates", "/OPI", "/PS"} & thing.keys()
        assert thing.get("/Interpolate", False) in (False, None) or not thing["/Interpolate"]
        filters = thing.get("/Filter", [])
        assert "/LZWDecode" not in ([filters] if isinstance(filters, str) else filters)
        if thing.get("/Subtype") == "/Image":
            assert thing["/ColorSpace"] in ("/DeviceRGB", "/DeviceGray")
        if thing.get("/Subtype") == "/Widget":
            assert thing["/F"] & 4  # printed
            assert not thing["/F"] & 0b100011  # neither hidden nor invisible nor without view
            assert all(side == 0 for side in thing["/Rect"])
        if thing.get("/Type") == "/ExtGState":
            assert not {"/TR", "/HTP"} & thing.keys()
