"""Hostile text in every field that takes text: it ends neither in a crash nor in anything hidden or run."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String, Text, select

from collector_desk.commands.run import run_commands
from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.calls import identity, notes
from collector_desk.domain.calls.identity import Factor, IdentityCheck, IdentityFacts
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import ConsentScope, Share
from collector_desk.domain.message import Refused, Trouble, msg
from collector_desk.domain.text import typed
from collector_desk.domain.text.amounts import parse_money
from collector_desk.domain.text.cleaning import cleaned, cleaned_value, is_hidden
from collector_desk.domain.visits.visit import (
    PlaceKind,
    SignedHow,
    Statement,
    Tap,
    TapKind,
    VisitPlan,
    VisitPurpose,
)
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Role, Speaker
from collector_desk.packs.pinyin import readings
from collector_desk.services.book import cases, placements, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import drafts, settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.services.packs import objections, releases, wording
from collector_desk.services.permits import consents, contacts, tasks
from collector_desk.services.visits import visiting
from collector_desk.store import keys
from collector_desk.store.metadata import metadata
from collector_desk.store.verify import verify
from collector_desk.words.messages import render
from tests.samples.hostile import HOSTILE
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, let_in
from tests.samples.visit_story import ADDRESS, arrived, not_found, planned, requested

NOTE = "客户表示对账单金额无异议，但目前不愿还款，已说明后果与协商渠道。"
CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
TALK = CallLog(
    Outcome.REFUSES,
    Speaker.DEBTOR,
    CHECKED,
    talk_seconds=80,
    note=NOTE,
    reason=ArrearsReason.WILL_NOT_PAY,
    recording="R-1",
)
REPORT_TEXTS = ("outcome_reason", "new_address", "met_words", "recorded_where", "unusual", "next_step")
every = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_MEMORY_KIB", 64), ("_PASSES", 1), ("_LANES", 1)):
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def lead(tmp_path: Path, clock: SetClock) -> Iterator[Seat]:
    made = people.create_store(
        tmp_path / "store", name="林主管", password=PASSWORD, agency=Agency("示例公司", "示例中心"), clock=clock
    )
    settings.change(made.seat, Share(effective=3, connected=6))
    releases.release_all(made.seat)
    yield made.seat
    made.seat.store.close()


@pytest.fixture
def seat_of(lead: Seat, clock: SetClock) -> Iterator[Callable[..., Seat]]:
    seats = []

    def make(name: str, *roles: Role) -> Seat:
        let_in(lead, name=name, password=PASSWORD, roles=frozenset(roles))
        seats.append(people.sign_in(lead.store.folder, name, PASSWORD, clock=clock))
        return seats[-1]

    yield make
    for seat in seats:
        seat.store.close()


def nothing_hidden(seat: Seat) -> None:
    """No text anywhere in the store holds a character that hides or reorders; drafts are kept as typed."""
    with seat.store.read() as conn:
        for table in metadata.tables.values():
            if table.name in ("draft", "journal"):
                continue
            columns = [column for column in table.columns if isinstance(column.type, String | Text)]
            columns += [column for column in table.columns if column.type.__class__.__name__ == "JSON"]
            for row in conn.execute(select(*columns)) if columns else ():
                for column, value in zip(columns, row, strict=True):
                    bad = {f"U+{ord(char):04X}" for char in _texts(value) if is_hidden(char)}
                    assert not bad, f"{column}: {bad}"
    assert verify(seat.store).ok


def _texts(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "".join(_texts(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return "".join(map(_texts, value))
    return ""


# --- what is typed and only read ---------------------------------------------------------------------------


@every
def test_what_is_typed_is_read_or_not_and_never_breaks(text: str) -> None:
    today = date(2026, 11, 23)
    facts = IdentityFacts("张三", "110105194912310021", (ADDRESS,), (date(2019, 4, 5),))
    for past in (False, True):
        day = typed.parse_day(text, today, past=past)
        assert day is None or datetime.combine(day, time(0)).astimezone().year > 1800
    typed.parse_time(text)
    with suppress(ValueError):
        parse_money(text)
    for factor in Factor:
        assert not identity.is_right(factor, text, facts, readings())
    for outcome in Outcome:
        notes.check_note(text, outcome, text, ["x"])
    for speaker in Speaker:
        wording.findings(text, speaker)
    objections.find(text, "zh_CN")


@every
def test_stored_text_hides_nothing_and_stays_so(text: str) -> None:
    kept = cleaned(text, 500)
    assert not any(map(is_hidden, kept))
    assert cleaned(kept, 500) == kept
    terms = cleaned_value(PlacementTerms(text, text, text, date(2027, 1, 1), text))
    assert terms == cleaned_value(terms)
    assert not any(map(is_hidden, terms.bank_name))
    assert terms.mandate_ends == date(2027, 1, 1)
    kept.encode("utf-8")


@every
def test_a_sentence_shows_a_hostile_figure_as_it_is(text: str) -> None:
    for lang in ("en", "zh_CN"):
        sentence = render(msg("store.name_taken", name=text), lang)
        assert text in sentence
        inner = render(msg("calls.gate", why=msg("store.name_taken", name=text)), lang)
        assert text in inner


# --- the desk ----------------------------------------------------------------------------------------------


def test_hostile_text_in_a_call(lead: Seat, clock: SetClock) -> None:
    debtor = DebtorMaker(lead)
    who = debtor("<b>张</b>{0.__class__}")
    phone = cases.open_case(lead, who).next_number.phone.id
    for text in HOSTILE.values():
        clock.at = (clock.at + timedelta(days=1)).replace(hour=2)
        attempt = calling.begin(lead, debtor_id=who, phone_id=phone).attempt
        drafts.save(lead, "call", attempt.id, {"form": {"note": text, "amount": text}})
        assert drafts.load(lead, "call", attempt.id).content["form"]["note"] == text
        log = replace(TALK, note=f"{NOTE}{text}", recording=text, path=(text, text))
        with suppress(Refused):  # a note of 100,000 characters is told, not cut
            calling.finish(lead, attempt.id, log)
        if calling.open_attempt(lead):
            calling.finish(lead, attempt.id, replace(TALK, recording_missing=text, note=f"{NOTE}{attempt.id[-6:]}"))
        assert cases.open_case(lead, who).timeline
    clock.at = (clock.at + timedelta(days=1)).replace(hour=2)
    attempt = calling.begin(lead, debtor_id=who, phone_id=phone).attempt
    for text in HOSTILE.values():
        with pytest.raises(Refused) as caught:
            calling.finish(
                lead, attempt.id, replace(TALK, new_number=text if text.strip() else "x", note=f"{NOTE}再")
            )
        for lang in ("en", "zh_CN"):
            render(caught.value.message, lang)
    nothing_hidden(lead)


def test_hostile_text_in_searches_and_names(lead: Seat, seat_of: Callable[..., Seat]) -> None:
    debtor = DebtorMaker(lead)
    for text in HOSTILE.values():
        debtor(cleaned(text, 60) or "空")
        cases.find(lead, text)
        with pytest.raises(Trouble) as caught:
            cases.by_number(lead, text)
        assert len(str(caught.value.message.params["number"])) <= 40
        for act in (
            lambda text=text: people.add(lead, name=text, password=PASSWORD, roles=frozenset({Role.AGENT})),
            lambda text=text: people.sign_in(lead.store.folder, text, PASSWORD).store.close(),
            lambda text=text: people.sign_in(lead.store.folder, "林主管", text).store.close(),
            lambda text=text: people.change_password(lead, old=text, new=text + "abcdefgh"),
            lambda text=text: people.recover(lead.store.folder, "林主管", text, PASSWORD),
        ):
            with suppress(Trouble):
                act()
    assert len(queueing.page(lead).rows) == len(HOSTILE)
    nothing_hidden(lead)


def test_hostile_text_in_what_is_set_and_decided(lead: Seat, seat_of: Callable[..., Seat], clock: SetClock) -> None:
    agent = seat_of("张晓", Role.AGENT, Role.SENIOR_AGENT)
    debtor = DebtorMaker(lead)
    who = debtor()
    placement = placements.placements(lead)[0].id
    phone = cases.open_case(agent, who).next_number.phone.id
    attempt = calling.begin(agent, debtor_id=who, phone_id=phone).attempt
    calling.finish(agent, attempt.id, replace(TALK, outcome=Outcome.STOP_CALLING, reason=None))
    decision = cases.open_case(agent, who).numbers[0].decision
    until = agent.now() + timedelta(days=7)
    for text in HOSTILE.values():
        wish = consents.ConsentWish(
            scope=ConsentScope.AGREED_HOURS,
            since=agent.now(),
            until=until,
            words=text,
            proof=f"20261123-7 {text}",
            window=(time(20), time(22)),
        )
        for act in (
            lambda text=text: settings.change(lead, Agency(*[text] * len(fields(Agency)))),
            lambda text=text: placements.set_terms(lead, placement, PlacementTerms(text, text, text, None, text)),
            lambda wish=wish: consents.note_consent(agent, who, wish),
            lambda text=text: consents.override(
                lead, debtor_id=who, caller_id=agent.person.id, decision=decision, until=until, reason=text
            ),
            lambda text=text: contacts.approve(lead, who, until=until, reason=text),
        ):
            with suppress(Refused):
                act()
        found = tasks.open_tasks(lead)
        if found:
            with suppress(Refused):
                tasks.settle(lead, found[0].id, approve=False, reason=text)
        clock.forward(minutes=1)
        cases.open_case(agent, who)
    nothing_hidden(lead)


def test_hostile_text_in_a_visit(lead: Seat, seat_of: Callable[..., Seat], clock: SetClock) -> None:
    agent = seat_of("张晓", Role.AGENT, Role.SENIOR_AGENT)
    team = seat_of("王走访", Role.VISITOR), seat_of("赵同行", Role.VISITOR)
    debtor = DebtorMaker(lead)
    for text in HOSTILE.values():
        clock.at = (clock.at + timedelta(days=1)).replace(hour=2)
        who = debtor(days=75)
        visit = requested(agent, who)
        with suppress(Refused):
            visiting.refuse(lead, visit, text)
        if visiting.load(lead, visit).state.value == "requested":
            visiting.refuse(lead, visit, "改期")
        with suppress(Refused):
            visit, _ = visiting.request(
                agent, debtor_id=who, purpose=VisitPurpose.TALK, address=text, place=PlaceKind.HOME, words=text
            )
        if visiting.load(lead, visit).state.value != "requested":
            visit, _ = visiting.request(
                agent, debtor_id=who, purpose=VisitPurpose.TALK, address=ADDRESS, place=PlaceKind.HOME
            )
        first, second = (visiting.visitor(seat.person) for seat in team)
        start = lead.now() + timedelta(minutes=40)
        letter = text if cleaned(text, 80) else "授权书 12 号"  # nobody sets out without one
        plan = VisitPlan(first, second, start, start + timedelta(hours=1), text, authority_letter=letter)
        try:
            visiting.open_and_plan(lead, visit, plan)
        except Refused:
            planned(lead, team, visit, hours=1)
        clock.forward(hours=1)
        both = tuple(seat.person.id for seat in team)
        arrived(team, visit)
        with suppress(Refused):
            visiting.tap(team[0], visit, Tap(TapKind.ASKED_IN, clock.at, "", both, None, text, text))
        report = not_found(
            team,
            **dict.fromkeys(
                ("outcome_reason", "new_address", "met_words", "recorded_where", "unusual", "next_step"),
                text or "-",
            ),
            statements=(Statement(first.person_id, text, text), Statement(second.person_id, first.name, text)),
        )
        try:
            visiting.hand_in(team[0], visit, report)
        except Refused:
            visiting.hand_in(team[0], visit, not_found(team))
        for seat in team:
            visiting.sign(seat, visit, how=SignedHow.PASSWORD)
        with suppress(Refused):
            visiting.review(lead, visit, accepted=False, words=text, marks=(("said", text),))
    nothing_hidden(lead)


# --- the command line --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["markup", "control", "half a pair", "fields", "sql", "path", "digits", "minus"])
def test_hostile_arguments_end_in_a_sentence(
    lead: Seat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], desk_home: Path, name: str
) -> None:
    text, folder = HOSTILE[name], str(lead.store.folder)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    for arguments in (
        ["case", text, "--user", "林主管", "--store", folder],
        ["queue", "--user", text, "--store", folder],
        ["repair-clock", "--reason", text, "--user", "林主管", "--store", folder],
        ["objections", "find", text, "--json"],
    ):
        monkeypatch.setattr(sys, "argv", ["collector-desk", *arguments])
        assert run_commands() in (0, 1, 2)
        said = "".join(capsys.readouterr())
        assert "Traceback" not in said
        assert not any(char in said for char in "\x00\x07\x1b\u202e"), arguments[0]
    assert not (desk_home / "log").exists()  # where bugs of ours are written
