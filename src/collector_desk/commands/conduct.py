"""``collector-desk conduct``: try a rule pack on invented situations, look at what the packs say."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector_desk.domain.conduct import Decision, Pack, decide
from collector_desk.domain.text.cleaning import visible
from collector_desk.domain.vocabulary import Verdict
from collector_desk.packs.rules import DEFAULT_PACKS, check_set, load_pack, load_shipped, shipped_ids
from collector_desk.words.conduct import duty_words, reason_words
from collector_desk.words.messages import Lang, render, system_language

if TYPE_CHECKING:
    from collector_desk.packs.scenarios import Scenario, Unread

app = typer.Typer(help="Conduct rules: try a pack on scenarios, list the packs.", no_args_is_help=True)

_Packs = Annotated[
    list[str] | None,
    typer.Option("--pack", help="A shipped pack's id or a TOML file; may be repeated. Default: what a store uses."),
]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
_Lang = Annotated[str | None, typer.Option("--lang", help="en or zh_CN.")]


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Scenarios as JSON; see docs/conduct.md.")],
    pack: _Packs = None,
    as_json: _Json = False,
    lang: _Lang = None,
) -> None:
    """Judge every scenario of FILE by exactly the packs named, one answer a line."""
    # The model of the file is built by this command only.
    from collector_desk.packs.scenarios import Unread, read_scenarios

    packs = _load(pack)
    shown = _language(lang)
    scenarios = read_scenarios(file)
    for scenario in scenarios:
        for warning in (scenario.why,) if isinstance(scenario, Unread) else scenario.warnings:
            print(render(warning, shown), file=sys.stderr)
    # All are judged before the first is printed: a part of the answers must not look like all of them.
    answers = [
        _unread(one, shown)
        if isinstance(one, Unread)
        else _answer(one, decide(one.action, one.facts, packs, one.now), shown)
        for one in scenarios
    ]
    for answer in answers:
        if as_json:
            print(json.dumps(answer, ensure_ascii=False))
        else:
            _print(answer)
    if any(isinstance(one, Unread) for one in scenarios):
        raise typer.Exit(1)


@app.command("list")
def list_packs(
    pack: _Packs = None,
    as_json: _Json = False,
    lang: _Lang = None,
) -> None:
    """Show the packs (default: all that are shipped) with every rule's level, confidence and clause."""
    shown = _language(lang)
    for one in _load(pack or list(shipped_ids())):
        if as_json:
            print(json.dumps(_described(one, shown), ensure_ascii=False))
            continue
        print(f"{one.id} {one.version} [{one.status}] {one.title[shown]}")
        for rule in one.rules:
            print(f"  {rule.id:<24} {rule.kind:<22} {rule.level.value:<6} {rule.conf.value}  {rule.text[shown]}")


def _load(names: list[str] | None) -> tuple[Pack, ...]:
    """The packs named: by id, or from a file."""
    packs = tuple(
        load_pack(Path(name)) if name.endswith(".toml") else load_shipped(name) for name in names or DEFAULT_PACKS
    )
    check_set(packs)
    return packs


def _answer(scenario: "Scenario", decision: Decision, lang: Lang) -> dict[str, object]:
    zone, again = scenario.zone, decision.next_allowed_at
    return {
        "id": scenario.id,
        "verdict": decision.verdict.value,
        "reasons": [
            {
                "rule": reason.rule,
                "text": reason_words(reason, lang, again=again, zone=zone),
                "verdict": reason.verdict.value,
                "level": reason.level.value if reason.level else None,
                "clause": reason.clause or None,
                "conf": reason.conf.value if reason.conf else None,
                "n": reason.n,
                "m": reason.m,
                "ask_for": reason.ask_for,
                "overridable": reason.overridable,
            }
            for reason in decision.reasons
        ],
        "must_do": [duty_words(duty, lang, zone=zone) for duty in decision.must_do],
        "next_allowed_at": again.astimezone(zone).isoformat() if again else None,
        "close_by": decision.close_by.astimezone(zone).isoformat() if decision.close_by else None,
        "institution_total_known": decision.institution_total_known,
        "pack_hash": decision.pack_hash,
    }


def _unread(scenario: "Unread", lang: Lang) -> dict[str, object]:
    """What can't be read is blocked: nothing is allowed that nobody judged."""
    reason = {"rule": "scenario", "text": render(scenario.why, lang), "verdict": Verdict.BLOCK.value}
    return {
        "id": scenario.id,
        "verdict": Verdict.BLOCK.value,
        "reasons": [reason],
        "must_do": [],
        "next_allowed_at": None,
    }


def _print(answer: dict[str, object]) -> None:
    again = answer["next_allowed_at"]
    name = visible(str(answer["id"])).replace("\n", " ")
    print(f"{name}: {answer['verdict']}" + (f" -> {again}" if again else ""))
    reasons = answer["reasons"]
    for reason in reasons if isinstance(reasons, list) else []:
        print(f"  [{reason['verdict']}] {reason['rule']}: {visible(reason['text'])}")


def _described(pack: Pack, lang: Lang) -> dict[str, object]:
    return {
        "pack": pack.id,
        "version": pack.version,
        "status": pack.status,
        "title": pack.title[lang],
        "valid_from": pack.valid_from.isoformat(),
        "valid_to": pack.valid_to.isoformat() if pack.valid_to else None,
        "hash": pack.hash,
        "rules": [
            {
                "id": rule.id,
                "kind": rule.kind,
                "level": rule.level.value,
                "conf": rule.conf.value,
                "clause": rule.clause,
                "override": rule.override,
                "text": rule.text[lang],
            }
            for rule in pack.rules
        ],
    }


def _language(lang: str | None) -> Lang:
    return "zh_CN" if (lang or system_language()) == "zh_CN" else "en"
