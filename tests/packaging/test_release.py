"""What releases are made from: it parses, names files that are there, and has its version from one place."""

import ast
import configparser
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
SPEC = (PACKAGING / "collector-desk.spec").read_text("utf-8")
INSTALLER = (PACKAGING / "windows" / "installer.iss").read_text("utf-8")


def spec_call(name: str) -> list[ast.Call]:
    nodes = (node for node in ast.walk(ast.parse(SPEC)) if isinstance(node, ast.Call))
    return [node for node in nodes if isinstance(node.func, ast.Name) and node.func.id == name]


def test_the_bundle_holds_resources_and_fonts() -> None:
    assert 'ROOT / "resources"), "resources"' in SPEC, "where resources.py looks in a bundle"
    assert "pylopdf_fonts_zh_cn" in SPEC
    assert (PACKAGING / "entry.py").is_file()
    assert len(spec_call("EXE")) == 2, "one with windows, one for the command line"


def test_the_bundle_knows_what_is_imported_by_name() -> None:
    assert 'collect_submodules("collector_desk")' in SPEC
    assert "sqlalchemy.dialects.sqlite.pysqlcipher" in SPEC


def test_the_version_is_written_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    namespace: dict[str, object] = {}
    exec((ROOT / "src/collector_desk/__init__.py").read_text("utf-8"), namespace)  # noqa: S102 -- our own file
    assert project.get("version", namespace["__version__"]) == namespace["__version__"]
    assert not re.search(r"\d+\.\d+\.\d+", INSTALLER), "the installer asks the program"


def test_the_installer_needs_no_administrator_and_starts_what_was_built() -> None:
    assert "PrivilegesRequired=lowest" in INSTALLER
    names = {
        ast.literal_eval(word.value) for call in spec_call("EXE") for word in call.keywords if word.arg == "name"
    }
    started = set(re.findall(r"\{app\}\\([\w-]+)\.exe", INSTALLER))
    assert started <= names
    assert re.search(r"dist\\collector-desk\"", INSTALLER)


def test_the_desktop_entry_starts_the_program() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "collector-desk.desktop", "utf-8")
    section = entry["Desktop Entry"]
    assert section["Exec"] == "collector-desk"
    assert section["Name[zh_CN]"] == "催收工作台"
    assert section["Icon"] == "collector-desk"
    assert (PACKAGING / "collector-desk.svg").is_file()


def test_the_metainfo_speaks_both_languages() -> None:
    root = ET.parse(PACKAGING / "collector-desk.metainfo.xml").getroot()  # noqa: S314 -- our own file
    assert root.findtext("launchable") == "collector-desk.desktop"
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for tag in ("name", "summary"):
        assert [node.get(language) for node in root.findall(tag)] == [None, "zh_CN"]
