"""Write resources/objections/pinyin.txt: the syllable of each common character, made with pypinyin.

Importing pypinyin costs a third of a second, reading this file a few milliseconds. ``--check`` only compares.
"""

import argparse
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "resources" / "objections" / "pinyin.txt"
FIRST, LAST = 0x4E00, 0x9FFF


def table() -> str:
    """One line per syllable, ``v`` for ü; a character with several readings stands under its usual one."""
    from pypinyin import Style, pinyin

    syllables: dict[str, list[str]] = {}
    for point in range(FIRST, LAST + 1):
        char = chr(point)
        reading = pinyin(char, style=Style.NORMAL, errors="ignore")
        if reading and reading[0][0].isascii() and reading[0][0].isalpha():
            syllables.setdefault(reading[0][0], []).append(char)
    lines = [f"{syllable} {''.join(chars)}" for syllable, chars in sorted(syllables.items())]
    head = "# Syllable without tone, then the characters that sound so. Made by packaging/make_pinyin.py.\n"
    return head + "\n".join(lines) + "\n"


def main() -> int:
    """Write or compare; 1 where the file is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the file is up to date")
    wanted = table()
    if not parser.parse_args().check:
        TARGET.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    if TARGET.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{TARGET.name} is out of date: run packaging/make_pinyin.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
