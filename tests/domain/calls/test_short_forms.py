"""Short forms: they expand where they are finished, and only what may be said by anybody to anybody is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.calls.short_forms import (
    MAX_NAME,
    MAX_TEXT,
    Figure,
    FormWish,
    ShortForm,
    Whose,
    begun,
    by_name,
    check_form,
    expand,
    filled,
    folded,
    gap_after,
    in_force,
    offered,
)
from collector_desk.packs.lexicon import shipped_check

CODES = {"ptp": "承诺还款", "忙": "现在忙"}
PTP = ShortForm(("ptp", "承诺"), "承诺还款")
TEAM_FORM = ShortForm(("hk",), "已说明官方还款渠道。", Whose.TEAM, "1")


def codes_of(wish: FormWish, *others: ShortForm) -> tuple[list[str], list[str]]:
    found = check_form(wish, others, shipped_check().check)
    return [one.message.code for one in found.refusals], [one.message.code for one in found.warnings]


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("/ptp", "承诺还款"),
        ("本人/ptp，明天", "本人承诺还款，明天"),
        ("/PTP /忙 完", "承诺还款 现在忙 完"),
        ("／ｐｔｐ。", "承诺还款。"),
        ("（/忙）、/ptp：", "（现在忙）、承诺还款："),
        ("、ptp ", "承诺还款 "),
        ("本人、ptp，明天", "本人承诺还款，明天"),
        ("、ｐｔｐ。", "承诺还款。"),
        ("本人、忙、妻子", "本人、忙、妻子"),
        ("、ptpx", "、ptpx"),
        ("/ptpx", "/ptpx"),
        ("11/22 a/ptp", "11/22 a/ptp"),
        ("//ptp ", "//ptp "),
        ("没有", "没有"),
    ],
)
def test_short_forms_expand(text, expanded):
    assert expand(text, CODES)[0] == expanded


def test_the_cursor_moves_with_the_expansion():
    assert expand("甲 /ptp 乙", CODES, 6) == ("甲 承诺还款 乙", 6)
    assert expand("/忙", CODES) == ("现在忙", 3)
    assert expand("甲乙 /忙", CODES, 1) == ("甲乙 现在忙", 1)


def test_only_what_was_just_finished_expands():
    text = "/忙 客户说/ptp，"
    assert expand(text, CODES, len(text), (len(text) - 1, len(text)))[0] == "/忙 客户说承诺还款，"
    # an input method commits several words at once
    assert expand("/忙，约好再打", CODES, 7, (1, 7))[0] == "现在忙，约好再打"


@given(st.text(max_size=60), st.integers(0, 60))
def test_any_text_is_left_alone_without_a_name_of_ours(text, place):
    assert expand(text, {}, min(place, len(text))) == (text, min(place, len(text)))
    begun(text, min(place, len(text)))


@pytest.mark.parametrize(
    ("text", "cursor", "found"),
    [
        ("/", 1, (0, "")),
        ("客户/承", 4, (2, "承")),
        ("／pt", 3, (0, "pt")),
        ("11/22", 5, None),
        ("a/b", 3, None),
        ("/ptp 完", 5, None),
        ("/ptp", 0, None),
    ],
)
def test_what_is_being_typed_behind_a_slash(text, cursor, found):
    assert begun(text, cursor) == found


def test_ones_own_go_before_the_teams_before_the_programs():
    mine = ShortForm(("ptp",), "我的", Whose.OWN, "2")
    forms = in_force([PTP, TEAM_FORM, mine])
    assert [(form.names, form.whose) for form in forms] == [
        (("ptp",), Whose.OWN),
        (("hk",), Whose.TEAM),
        (("承诺",), Whose.SHIPPED),
    ]
    assert by_name(forms)["ptp"] == "我的"
    assert [form.id for form in offered(forms, "P")] == ["2"]
    assert len(offered(forms, "")) == 3
    assert offered(forms, "ptpx") == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "no_name"),
        ("/", "no_name"),
        ("//hk", "bad_name"),
        ("h k", "bad_name"),
        ("h/k", "bad_name"),
        ("2026", "bad_name"),
        ("hk，", "bad_name"),
        ("<b>", "bad_name"),
        ("ptp\u202e", "bad_name"),
        ("😀", "bad_name"),
        ("还" * (MAX_NAME + 1), "bad_name"),
        ("ptp", "shipped_has_it"),
        ("/承诺", "shipped_has_it"),
        ("ＨＫ", "team_has_it"),
        ("mine", "taken"),
    ],
)
def test_names_that_are_refused(name, code):
    mine = ShortForm(("mine",), "我的", Whose.OWN, "2")
    assert codes_of(FormWish(name, "约好明天再联系。"), PTP, TEAM_FORM, mine) == ([f"packs.short_forms.{code}"], [])


def test_a_name_is_a_few_chinese_or_latin_letters_after_one_slash():
    for name in ("hk", "/HK", "／回款", "还" * MAX_NAME, "a回b"):
        assert codes_of(FormWish(name, "约好明天再联系。"), PTP) == ([], [])
    assert folded("／ＨＫ ") == "hk"


def test_one_replaces_a_shipped_form_for_oneself_only():
    assert codes_of(FormWish("ptp", "约好明天再联系。", replaces=True), PTP) == ([], [])
    assert codes_of(FormWish("hk", "约好明天再联系。", replaces=True), TEAM_FORM) == ([], [])
    team = FormWish("ptp", "约好明天再联系。", team=True, replaces=True)
    assert codes_of(team, PTP) == (["packs.short_forms.shipped_for_team"], [])
    assert codes_of(FormWish("hk", "约好明天再联系。", team=True), TEAM_FORM) == (["packs.short_forms.taken"], [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ", "packs.short_forms.no_text"),
        ("好" * (MAX_TEXT + 1), "packs.short_forms.too_long"),
        ("约好\u202e明天", "packs.short_forms.hidden"),
        ("约好\u200b明天", "packs.short_forms.hidden"),
        ("这人是老赖，约好明天。", "packs.wording.insult"),
        ("这人是老 赖，约好明天。", "packs.wording.insult"),
        ("卡号 4111 1111 1111 1111", "packs.wording.card_number"),
        ("身份证110101199003070038", "packs.wording.identity_number"),
        ("已告知其同事欠款情况。", "packs.wording.disclosure"),
    ],
)
def test_texts_that_are_refused(text, code):
    refused, _ = codes_of(FormWish("hk", text))
    assert refused == [code]


def test_a_phone_number_and_a_row_of_figures_want_a_second_look():
    assert codes_of(FormWish("hk", "请回电 13900000000。")) == ([], ["packs.short_forms.figures"])
    assert codes_of(FormWish("hk", "请致电 ９５５８８ 查询。")) == ([], ["packs.short_forms.figures"])
    assert codes_of(FormWish("hk", "约好 18:00 前还 … 元。")) == ([], [])
    assert codes_of(FormWish("hk", "客户患有抑郁症，已登记。")) == ([], ["packs.wording.sensitive"])


def test_markup_is_text():
    assert codes_of(FormWish("hk", "<b>约好</b>明天 {amount} %s")) == ([], [])


def test_texts_are_not_in_the_repr():
    assert "承诺还款" not in repr(PTP)
    assert "明天" not in repr(FormWish("hk", "明天"))


@given(st.dictionaries(st.sampled_from(list(Figure)), st.sampled_from(["", "1,000.00", "11-24 18:00"])))
def test_a_short_form_takes_the_figures_that_are_known_and_leaves_gaps_for_the_rest(figures):
    for text in ("于【时间】还【金额】元，方式：【方式】。", "pays [amount] by [when], [way]"):
        done = filled(text, figures)
        known = [value for value in figures.values() if value]
        assert done.count("…") == 3 - len(known)
        assert all(value in done for value in known)
        assert "【" not in done
        assert "[" not in done


def test_gaps_are_gone_through_round_and_round_and_an_ellipsis_is_none():
    text = "约 … 点，还 … 元，他说……再说"
    first, second = text.index("…"), text.index("…", 4)
    assert gap_after(text, 0) == first
    assert gap_after(text, first + 1) == second
    assert gap_after(text, second + 1) == first
    assert gap_after("他说……", 0) is None
