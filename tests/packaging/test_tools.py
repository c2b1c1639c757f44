"""The scripts that compile forms and translations find what is out of date, and say so."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"

DESIGN = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>Small</class><widget class="QLabel" name="Small">
<property name="text"><string>Good {day}</string></property></widget></ui>
"""
WORDS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context><name>Small</name>
<message><source>Good {day}</source><translation>SAID</translation></message>
</context></TS>
"""


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"desk_{name}", PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestForms:
    @pytest.fixture
    def compile_ui(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
        module = load("compile_ui")
        for name, folder in (("ROOT", ""), ("DESIGNS", "designs"), ("FORMS", "forms")):
            (tmp_path / folder).mkdir(exist_ok=True)
            monkeypatch.setattr(module, name, tmp_path / folder)
        (tmp_path / "designs" / "small.ui").write_text(DESIGN)
        return module

    def test_made_once_it_is_current(self, compile_ui: ModuleType) -> None:
        assert compile_ui.main(check=True) == 1
        assert compile_ui.main(check=False) == 0
        assert compile_ui.main(check=True) == 0
        text = (compile_ui.FORMS / "ui_small.py").read_text()
        assert "class Ui_Small" in text
        assert "Created by" not in text

    def test_strays_and_hand_edits_are_found(
        self, compile_ui: ModuleType, capsys: pytest.CaptureFixture[str]
    ) -> None:
        compile_ui.main(check=False)
        (compile_ui.FORMS / "ui_small.py").write_text("edited")
        (compile_ui.FORMS / "ui_gone.py").write_text("stray")
        assert compile_ui.main(check=True) == 1
        assert "ui_small.py" in (said := capsys.readouterr().out)
        assert "ui_gone.py" in said
        compile_ui.main(check=False)
        assert not (compile_ui.FORMS / "ui_gone.py").exists()
        assert compile_ui.main(check=True) == 0


class TestTranslations:
    @pytest.fixture
    def translate(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
        module = load("translate")
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "PROGRAM", tmp_path / "src")
        monkeypatch.setattr(module, "WORDS", tmp_path / "small.ts")
        monkeypatch.setattr(module, "COMPILED", tmp_path / "small.qm")
        (tmp_path / "resources" / "ui").mkdir(parents=True)
        (tmp_path / "resources" / "ui" / "small.ui").write_text(DESIGN)
        return module

    def test_new_sentences_are_collected_and_missed(
        self, translate: ModuleType, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert translate.main(check=False) == 1
        assert "Small: 'Good {day}' has no Chinese yet" in capsys.readouterr().out
        assert "line=" not in translate.WORDS.read_text()

    @pytest.mark.parametrize(
        ("said", "result", "problem"),
        [("{day}好", 0, "Every sentence"), ("日好", 1, "other figures"), ("", 1, "no Chinese")],
    )
    def test_the_chinese_has_to_fit(
        self, translate: ModuleType, capsys: pytest.CaptureFixture[str], said: str, result: int, problem: str
    ) -> None:
        translate.WORDS.write_text(WORDS.replace("SAID", said), "utf-8")
        translate.main(check=False)
        capsys.readouterr()
        assert translate.main(check=True) == result
        assert problem in capsys.readouterr().out

    def test_a_new_sentence_makes_it_out_of_date(
        self, translate: ModuleType, capsys: pytest.CaptureFixture[str]
    ) -> None:
        translate.WORDS.write_text(WORDS.replace("SAID", "{day}好"), "utf-8")
        translate.main(check=False)
        design = translate.ROOT / "resources" / "ui" / "small.ui"
        design.write_text(DESIGN.replace("Good", "Fine"))
        assert translate.main(check=True) == 1
        assert "out of date" in capsys.readouterr().out

    def test_sentences_put_together_are_found(self, translate: ModuleType) -> None:
        source = 'self.tr("fine")\nself.tr(f"bad {n}")\nself.tr("bad" + n)\nself.tr(FINE)\ntr("{}".format(1))\n'
        assert translate.made_up(source) == [2, 3, 5]
        assert translate.made_up('f"{self.tr(FINE)} {key}"\nf"{x.tr}"\n') == [1]
