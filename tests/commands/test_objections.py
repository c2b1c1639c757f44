import json

from collector_desk.commands.run import run_commands


def run(monkeypatch, capsys, *args):
    monkeypatch.setattr("sys.argv", ["collector-desk", "objections", *args])
    code = run_commands()
    return code, capsys.readouterr()


def test_find_prints_what_machines_read(monkeypatch, capsys):
    code, out = run(monkeypatch, capsys, "find", "我没钱还", "--lang", "zh_CN", "--json")
    rows = json.loads(out.out)
    assert code == 0
    assert rows[0]["id"] == "no_money"
    assert set(rows[0]) == {"id", "title", "score"}
    assert len(rows) <= 3


def test_nothing_for_no_objection(monkeypatch, capsys):
    assert run(monkeypatch, capsys, "find", "好的", "--json")[1].out.strip() == "[]"
    assert run(monkeypatch, capsys, "find", "好的")[1].out == ""


def test_people_get_lines(monkeypatch, capsys):
    assert "no_money" in run(monkeypatch, capsys, "find", "I am broke", "--lang", "en")[1].out


def test_an_unknown_language_is_refused_in_one_line(monkeypatch, capsys):
    code, out = run(monkeypatch, capsys, "find", "x", "--lang", "fr")
    assert code == 1
    assert "fr" in out.err
