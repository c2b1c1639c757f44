"""What a file is in: zips, pages and locks of careless senders are opened or told by their names."""

import io
import zipfile
from email.message import EmailMessage

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from collector_desk.domain.message import Trouble
from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.intake.values import PlacementFile
from tests.samples.bank_files import account, grid, xlsx

_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
HEADINGS = ("账户号", "客户姓名", "委案金额", "逾期天数")
ROWS = (("6290000000000012345", "张三", "1,200.50", "45"), ("6290000000000012346", "李四", "99.00", "7"))


def csv(*rows: tuple[str, ...]) -> bytes:
    return "\n".join("\t".join(row) for row in (HEADINGS, *rows)).encode("gb18030")


def zipped(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def table(rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADINGS, *rows))
        + "</table>"
    )


def accounts(file: PlacementFile) -> list[tuple[str, str, int]]:
    return [(row.account_no, row.name, row.amount) for row in file.rows]


TWO = [("6290000000000012345", "张三", 120_050), ("6290000000000012346", "李四", 9_900)]


def refusal(content: bytes, name: str = "a.xls", **more: str | None) -> Trouble:
    with pytest.raises(Trouble) as caught:
        read_placement(content, name, **more)
    return caught.value


# --- pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    ["", "<html><body>", "<div>", "<center>", "<!-- made by a report server -->\n<font size=2>", "\n  <HTML>",
     "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>", "<p>逾期明细</p>"],
)  # fmt: skip
def test_a_page_that_calls_itself_a_sheet_is_read(start: str) -> None:
    found = read_placement((start + table()).encode(), "委案.xls")
    assert accounts(found) == TWO
    assert found.kind == "page"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_page_is_read_in_whatever_it_is_written(codec: str) -> None:
    assert accounts(read_placement(f"<html><body>{table()}</body></html>".encode(codec), "a.xls")) == TWO


def test_a_page_says_itself_what_it_is_written_in() -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>{table()}'
    assert accounts(read_placement(page.encode("gb18030"), "a.xls")) == TWO


def test_cells_that_span_others_leave_everything_in_its_column() -> None:
    page = """<table><tr><th colspan=4>十一月委案清单</th></tr>
    <tr><th>账户号</th><th>客户姓名</th><th>委案金额</th><th>备注</th></tr>
    <tr><td>1</td><td>张三</td><td>5.00</td><td rowspan='2'>同一单位</td></tr>
    <tr><td>2</td><td>李四</td><td>6.00</td></tr><tr><td>3</td><td colspan=1>王五</td><td>7.00</td></tr></table>"""
    found = read_placement(page.encode(), "a.xls")
    assert accounts(found) == [("1", "张三", 500), ("2", "李四", 600), ("3", "王五", 700)]
    assert [row.remark for row in found.rows] == ["同一单位", "", ""]


def test_tables_that_only_lay_out_others_are_passed_over_and_scripts_are_no_text() -> None:
    inner = table().replace("张三", "张三<script>alert(1)</script><style>td{}</style>")
    assert accounts(read_placement(f"<table><tr><td>{inner}</td></tr></table>".encode(), "a.xls")) == TWO


def test_a_page_without_a_table_is_told_as_one() -> None:
    assert refusal(b"<html><body><p>Please log in again</p></body></html>").message.code == "intake.is_markup"


def test_a_saved_web_archive_is_read() -> None:
    mail = EmailMessage()
    mail["Subject"] = "sheet"
    mail.set_content("see the page")
    mail.add_alternative(f"<html>{table()}</html>", subtype="html", charset="utf-8")
    assert accounts(read_placement(mail.as_bytes(), "a.xls")) == TWO
    mail = EmailMessage()
    mail["MIME-Version"] = "1.0"
    mail.add_related(f"<html>{table()}</html>", subtype="html", charset="gb18030", cte="base64")
    assert accounts(read_placement(mail.as_bytes(), "a.mht")) == TWO


def test_sheets_of_2003_are_read_with_what_their_cells_say_they_are() -> None:
    cells = "".join(f'<Cell><Data ss:Type="String">{name}</Data></Cell>' for name in (*HEADINGS, "到期还款日"))
    book = f"""<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="{_2003}" xmlns:ss="{_2003}">
    <Worksheet ss:Name="明细"><Table><Row>{cells}</Row>
    <Row ss:Index="4"><Cell><Data ss:Type="String">6290000000000012345</Data></Cell>
    <Cell><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="Number">1200.5</Data></Cell>
    <Cell ss:Index="5"><Data ss:Type="DateTime">2026-10-15T00:00:00.000</Data></Cell></Row>
    </Table></Worksheet></Workbook>"""
    found = read_placement(book.encode(), "a.xls")
    (row,) = found.rows
    assert (row.account_no, row.amount, row.line, row.sheet) == ("6290000000000012345", 120_050, 4, "明细")
    assert str(row.due_on) == "2026-10-15"


def test_a_page_names_no_file_and_no_entity_of_this_computer(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    book = f"""<?xml version="1.0"?><!DOCTYPE Workbook [<!ENTITY x SYSTEM "{secret.as_uri()}">]>
    <Workbook xmlns="{_2003}"><Worksheet><Table>
    <Row><Cell><Data>账户号</Data></Cell><Cell><Data>客户姓名</Data></Cell><Cell><Data>委案金额</Data></Cell></Row>
    <Row><Cell><Data>1</Data></Cell><Cell><Data>&x;</Data></Cell><Cell><Data>5</Data></Cell></Row>
    </Table></Worksheet></Workbook>"""
    try:
        found = repr([(row.name, row.remark) for row in read_placement(book.encode(), "a.xls").rows])
    except Trouble as trouble:
        found = repr(trouble.message)
    assert "canary" not in found


# --- zips --------------------------------------------------------------------------------------------------


def test_tables_sent_together_are_read_each_under_its_name() -> None:
    content = zipped(("one.csv", csv(ROWS[0])), ("deep/two.xlsx", xlsx(grid([account(7)]))), ("scan.pdf", b"%PDF"))
    found = read_placement(content, "all.zip")
    assert [(row.sheet, row.account_no) for row in found.rows] == [
        ("deep/two.xlsx", "629079500000007"),
        ("one.csv", "6290000000000012345"),
    ]
    told = [p for p in found.problems if p.reason.code == "intake.left_out_of_archive"]
    assert [(p.reason.params["file"], p.severity) for p in told] == [("scan.pdf", ProblemSeverity.WARNING)]


def test_what_a_mac_or_windows_puts_beside_is_not_spoken_of() -> None:
    beside = (("__MACOSX/._one.csv", b"\0\5\x16\7"), (".DS_Store", b"\0"), ("deep/.hidden.csv", b"x"))
    found = read_placement(zipped(("one.csv", csv(*ROWS)), *beside), "a.zip")
    assert accounts(found) == TWO
    assert not [p for p in found.problems if p.reason.code == "intake.left_out_of_archive"]


def test_names_written_by_a_chinese_windows_are_read() -> None:
    content = zipped(("aaaaaaaa.csv", csv(*ROWS)))
    raw = "委案一".encode("gb18030") + b"aa"
    content = content.replace(b"aaaaaaaa.csv", raw + b".csv")
    assert read_placement(content, "a.zip").rows[0].sheet == "委案一aa.csv"


def test_a_workbook_with_backslashes_in_its_zip_is_a_workbook() -> None:
    whole = zipfile.ZipFile(io.BytesIO(xlsx(grid([account(7)]))))
    content = zipped(*((name, whole.read(name)) for name in whole.namelist()))
    for name in whole.namelist():
        content = content.replace(name.encode(), name.replace("/", "\\").encode())
    assert [row.account_no for row in read_placement(content, "a.xlsx").rows] == ["629079500000007"]


@pytest.mark.parametrize(
    ("member", "program"),
    [("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint"), ("Index/Document.iwa", "Numbers")],
)
def test_documents_of_other_programs_are_told_by_name(member: str, program: str) -> None:
    found = refusal(zipped((member, b"<x/>"), ("[Content_Types].xml", b"<x/>")), "a.xlsx")
    assert found.message.code == "intake.is_document"
    assert found.message.params["program"] == program


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped(("scan.pdf", b"%PDF")), "intake.is_archive"),
        (zipped(("more.zip", zipped(("one.csv", csv(*ROWS))))), "intake.is_archive"),
        (zipped(("one.xlsx", zipped(("one.csv", csv(*ROWS))))), "intake.is_archive"),
        (zipped(("empty.csv", b"")), "intake.empty_file"),
        (zipped(("one.csv", csv(*ROWS)))[:-30], "intake.damaged"),
        (zipped(("one.csv", b"0" * (80 << 20))), "intake.too_large"),
    ],
    ids=["none", "zip in zip", "zip that says xlsx", "empty", "cut off", "bomb"],
)
def test_what_cannot_be_opened_is_said(content: bytes, code: str) -> None:
    assert refusal(content, "a.zip").message.code == code


def locked(content: bytes) -> bytes:
    """The mark that a password is needed, set in both of its places."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[changed.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def test_a_locked_zip_asks_for_its_password() -> None:
    content = locked(zipped(("one.csv", csv(*ROWS))))
    assert refusal(content, "a.zip").message.code == "intake.password_needed"
    assert refusal(content, "a.zip", password="wrong").message.code == "intake.password_wrong"


# --- locks -------------------------------------------------------------------------------------------------


def protected(password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(grid([account(7)])))).encrypt(password, out)
    return out.getvalue()


def test_a_book_that_excel_itself_locked_opens_without_a_password() -> None:
    assert len(read_placement(protected("VelvetSweatshop"), "a.xlsx").rows) == 1


def test_a_book_with_a_password_still_asks_for_it() -> None:
    content = protected("correct")
    assert refusal(content, "a.xlsx").message.code == "intake.password_needed"
    assert refusal(content, "a.xlsx", password="wrong").message.code == "intake.password_wrong"
    assert len(read_placement(content, "a.xlsx", password="correct").rows) == 1
