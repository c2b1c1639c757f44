"""Errors in an OpenDocument sheet, written so that the reader of sheets gives them and no empty cells."""

import io
import re
import zipfile

_PART = "content.xml"
_MARK = b'calcext:value-type="error"'
_CELL = re.compile(rb'<(?:\w{1,40}:)?table-cell\s[^<>]*?\bcalcext:value-type="error"[^<>]*>')
_VALUE = re.compile(rb'\soffice:(?:value-type|string-value|value)="[^"<>]*"')


def with_errors(content: bytes) -> bytes:
    """The file with every error as a cell with the error's words (``#N/A``); unchanged where there is none.

    Programs write the error's words beside an empty text or a nought, and the reader believes these.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _PART not in archive.namelist():
                return content
            xml = archive.read(_PART)
            if _MARK not in xml:
                return content
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
                for member in archive.infolist():
                    copy.writestr(member.filename, _said(xml) if member.filename == _PART else archive.read(member))
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return content
    return out.getvalue()


def _said(xml: bytes) -> bytes:
    def as_words(cell: re.Match[bytes]) -> bytes:
        bare = _VALUE.sub(b"", cell[0])
        end = -2 if bare.endswith(b"/>") else -1
        return bare[:end] + b' office:value-type="string"' + bare[end:]

    return _CELL.sub(as_words, xml)
