"""Write what resources/objections holds of how characters sound, made with pypinyin.

pinyin.txt has the usual syllable of each common character, readings.txt every other one, and those of rare ones.
Importing pypinyin costs a third of a second, reading these a few milliseconds. ``--check`` only compares.
"""

import argparse
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "objections"
COMMON = range(0x4E00, 0xA000)


def tables() -> dict[str, str]:
    """Both files: one line per syllable, ``v`` for ü."""
    from pypinyin import Style, pinyin
    from pypinyin.constants import PINYIN_DICT

    usual: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for point in sorted(PINYIN_DICT):
        char = chr(point)
        found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
        spelt = [one for one in dict.fromkeys(found[0] if found else ()) if one.isascii() and one.isalpha()]
        if point in COMMON and spelt:
            usual.setdefault(spelt.pop(0), []).append(char)
        for syllable in spelt:
            others.setdefault(syllable, []).append(char)
    return {
        "pinyin.txt": _text("Syllable without tone, then the characters that sound so.", usual),
        "readings.txt": _text("Syllable without tone, then the characters that may sound so too.", others),
    }


def _text(says: str, syllables: dict[str, list[str]]) -> str:
    lines = [f"{syllable} {''.join(chars)}" for syllable, chars in sorted(syllables.items())]
    return f"# {says} Made by packaging/make_pinyin.py.\n" + "\n".join(lines) + "\n"


def main() -> int:
    """Write or compare; 1 where a file is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the files are up to date")
    check, old = parser.parse_args().check, []
    for name, wanted in tables().items():
        target = FOLDER / name
        if not check:
            target.write_text(wanted, encoding="utf-8", newline="\n")
        elif not target.is_file() or target.read_text(encoding="utf-8") != wanted:
            old.append(name)
    if old:
        print(f"{', '.join(old)} out of date: run packaging/make_pinyin.py", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    raise SystemExit(main())
