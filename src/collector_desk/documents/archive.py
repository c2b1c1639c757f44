"""What makes a PDF fit to be kept (PDF/A-2a): its dates, its metadata, the meaning of its colours."""

from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase import pdfdoc


def archive_frame(document: Any, title: str, author: str, subject: str, made_at: datetime) -> None:
    """Make the document a PDF/A-2a: one date, metadata as XMP, and what its colours mean."""
    document._timeStamp = _Moment(made_at.astimezone(UTC))
    catalog = document.Catalog
    metadata = pdfdoc.PDFStream(content=_xmp(title, author, subject, made_at.astimezone(UTC)))
    metadata.dictionary["Type"] = pdfdoc.PDFName("Metadata")
    metadata.dictionary["Subtype"] = pdfdoc.PDFName("XML")
    metadata.filters = None  # readable without any decoder, as the standard asks
    profile = pdfdoc.PDFStream(content=srgb_profile())
    profile.dictionary["N"] = 3
    profile.filters = [pdfdoc.PDFZCompress]
    intent = pdfdoc.PDFDictionary({
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": document.Reference(profile, "colours"),
    })  # fmt: skip
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.Metadata = metadata
    catalog.OutputIntents = pdfdoc.PDFArray([intent])
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})


class _Moment:
    """The instant a document was made, in the shape reportlab's dates want."""

    def __init__(self, at: datetime) -> None:
        self.t = at.timestamp()
        self.lt = at.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh = self.dmm = 0
        self.tzname = "UTC"


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>Collector Desk</xmp:CreatorTool><pdf:Producer>Collector Desk</pdf:Producer>
<pdf:Keywords></pdf:Keywords><pdf:Trapped>False</pdf:Trapped>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _xmp(title: str, author: str, subject: str, at: datetime) -> bytes:
    words = {
        "title": escape(title),
        "author": escape(author),
        "subject": escape(subject),
        "at": f"{at:%Y-%m-%dT%H:%M:%S}+00:00",
    }
    return _XMP.format(**words).encode()


def srgb_profile() -> bytes:
    """An sRGB colour profile without a date, so that it is the same on every machine."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((0x07, 0xE8, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # the header's date: 1 January 2024
    profile[84:100] = bytes(16)  # the identifier is a digest that includes the date; zero means none
    return bytes(profile)
