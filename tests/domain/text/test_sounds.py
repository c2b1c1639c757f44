import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text.sounds import alike
from collector_desk.packs.pinyin import readings, syllables


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("谢珍", "谢贞"),
        ("xiezhen", "谢贞"),
        ("謝貞", "谢贞"),
        ("增明", "曾明"),
        ("层明", "曾明"),
        ("善雄", "单雄"),
        ("丹雄", "单雄"),
        ("月天", "乐天"),
        ("勒天", "乐天"),
        ("lvhua", "吕华"),
        ("lyuhua", "吕华"),
        ("lü hua", "吕华"),
        ("刘岩", "刘䶮"),
        ("阿布杜拉买买题", "阿卜杜拉·买买提"),
        ("王三", "Wang San"),
        ("JOSE", "José"),
    ],
)
def test_what_sounds_alike_is_one_name(said, name):
    assert alike(said, name, readings())


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("刘娜", "牛娜"),
        ("liuna", "niuna"),
        ("zangsan", "张三"),
        ("曾", "真"),
        ("luhua", "吕华"),
        ("西安", "先"),
        ("谢", "谢贞"),
        ("", ""),
        ("·", "·"),
        ("Ann", "Anna"),
    ],
)
def test_what_is_only_near_is_another(said, name):
    assert not alike(said, name, readings())


@given(st.text(st.sampled_from(sorted(syllables())), min_size=1, max_size=6))
def test_a_name_sounds_like_itself_and_like_its_pinyin(name):
    assert alike(name, name, readings())
    assert alike("".join(readings()[char][-1] for char in name), name, readings())


@given(st.text(max_size=250), st.text(max_size=250))
def test_nothing_typed_takes_long_or_breaks(said, name):
    assert alike(said, name, readings()) == alike(name, said, readings())
