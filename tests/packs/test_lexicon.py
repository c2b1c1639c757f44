import subprocess
import sys
from pathlib import Path

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.domain.text.personal_numbers import NumberSort
from collector_desk.domain.text.wording import Category, Severity
from collector_desk.packs.lexicon import load_lexicon
from collector_desk.words.messages import LANGUAGES, text

ROOT = Path(__file__).resolve().parents[2]


def test_the_shipped_lexicon_covers_every_category_and_repeats_nothing():
    lexicon = load_lexicon()
    assert {p.category for p in lexicon.phrases} == set(Category) - {Category.PERSONAL_NUMBER}
    keys = [(p.text, p.speakers) for p in lexicon.phrases]
    assert sorted(k[0] for k in keys if keys.count(k) > 1) == []
    assert lexicon.numbers is not None
    assert lexicon.numbers[NumberSort.CARD] is Severity.BLOCK


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_has_words(lang):
    for category in set(Category) - {Category.PERSONAL_NUMBER}:
        assert "骗子" in text(f"packs.wording.{category.value}", lang, phrase="骗子")
    for sort in NumberSort:
        assert text(f"packs.wording.{sort.value}", lang) != f"packs.wording.{sort.value}"


@pytest.mark.parametrize(
    "content",
    [
        "version = ",
        'version = "1"\n[[group]]\ncategory = "rude"\nseverity = "block"\nphrases = ["x"]\n',
        'version = "1"\n[[group]]\ncategory = "insult"\nseverity = "block"\nphrases = []\n',
        'version = "1"\n[[group]]\ncategory = "insult"\nseverity = "block"\nphrases = [" "]\n',
        'version = "1"\nextra = 1\ngroup = []\n',
        'version = "1"\ngroup = []\n[splits]\n"马" = "骗"\n',
    ],
)
def test_a_broken_lexicon_is_refused_with_its_name(tmp_path, content):
    path = tmp_path / "mine.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load_lexicon(path)
    assert caught.value.message.code == "packs.wording.pack_broken"
    assert caught.value.message.params["file"] == "mine.toml"


def test_the_pinyin_table_is_up_to_date():
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "make_pinyin.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
