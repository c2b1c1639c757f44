"""Commands on a store: make it, look at the queue and a case, prove its history, back it up and bring it back."""

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from collector_desk.commands.common import (
    JsonOption,
    StoreOption,
    UnmaskOption,
    UserOption,
    lang,
    leave,
    password,
    print_json,
    say,
    seat_at,
)
from collector_desk.domain.message import msg
from collector_desk.domain.vocabulary import NumberKind, Verdict
from collector_desk.resources import default_store
from collector_desk.words.messages import text, word

app = typer.Typer()


@app.command()
def init(
    user: UserOption,
    store: StoreOption = None,
    agency: Annotated[str, typer.Option(help="The agency's name.")] = "",
    neutral_name: Annotated[str, typer.Option(help="The name said before identity is checked.")] = "",
    hotline: Annotated[str, typer.Option(help="The number to call back.")] = "",
) -> None:
    """Make a store; its first person is manager and lead. Prints the recovery code once: keep it on paper."""
    from collector_desk.services.desk.settings import Agency
    from collector_desk.services.office import keyring, people

    made = people.create_store(
        store or default_store(),
        name=user,
        password=password("New password: ", confirm=True),
        agency=Agency(agency, neutral_name or agency, hotline),
    )
    print(say(msg("commands.store_made", folder=str(made.seat.store.folder))))
    print(say(msg("commands.recovery_code", code=made.recovery_code)), flush=True)
    keyring.confirm_recovery(made.seat)  # what was printed is out of our hands
    leave(made.seat)


@app.command()
def queue(
    user: UserOption,
    store: StoreOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="Rows to pass over first.")] = 0,
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
) -> None:
    """The queue in its order, with why each row stands there."""
    from collector_desk.services.book import cases, queueing

    with seat_at(store, user) as seat:
        queueing.tick(seat, 5000)
        page = queueing.page(seat, offset=offset, limit=limit)
        if unmask:
            cases.unmask_list(seat, [row.debtor_id for row in page.rows])
    rows = [
        {
            "position": offset + place,
            "case": row.case_number,
            "accounts": row.cases,
            "name": row.name if unmask else row.masked,
            "class": int(row.queue_class),
            "class_name": row.queue_class.name.lower(),
            "why": say(row.why),
            "back_at": row.back_at.isoformat() if row.back_at else None,
            "days": row.days,
            "bucket": row.bucket.value,
            "stage": row.stage.value,
            "balance_minor": row.balance.minor,
            "currency": row.balance.currency,
            "beside": [{"amount_minor": more.minor, "currency": more.currency} for more in row.beside],
            "product": row.product,
            "attempts": row.attempts,
        }
        for place, row in enumerate(page.rows, 1)
    ]
    counts = {queue_class.name.lower(): count for queue_class, count in sorted(page.counts.items())}
    if as_json:
        print_json({"total": page.total, "counts": counts, "rows": rows})
        return
    for entry, row in zip(rows, page.rows, strict=True):
        told = (f"{row.owed:>14}", row.product, entry["why"])
        print(f"{entry['position']:>4}  {row.case_number}  {entry['name']}  {row.bucket}  ", end="")
        print(*filter(None, told), sep="  ")
    if (left := page.total - offset - len(page.rows)) > 0:
        print(say(msg("commands.queue_goes_on", left=left, offset=offset + len(page.rows))))


@app.command(name="case")
def show_case(
    number: Annotated[str, typer.Argument(help="The case's number.")],
    user: UserOption,
    store: StoreOption = None,
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
) -> None:
    """One case: the accounts, the numbers with what may be called now, promises and the timeline."""
    from collector_desk.services.book import cases

    with seat_at(store, user) as seat:
        found = cases.by_number(seat, number)
        if unmask:
            cases.unmask(seat, found.file.debtor.id, "unmask")
    plain = _case_plain(found, unmask=unmask)
    if as_json:
        print_json(plain)
        return
    print(f"{plain['name']}  {plain['id_number']}  {plain['balance']}")
    print(plain["why"])
    for account in plain["accounts"]:
        days = text("commands.days", lang(), days=account["days"])
        print(f"  {account['case']}  {account['account']}  {days}  {account['balance']}")
    for phone in plain["numbers"]:
        kind, verdict = word(NumberKind(phone["kind"]), lang()), word(Verdict(phone["verdict"]), lang())
        print(f"  {phone['number']}  {kind}  {verdict}  {' '.join(phone['reasons'])}")
    zone = ZoneInfo(seat.zone)  # as the window shows it; --json has the instant
    for line in plain["timeline"]:
        at = datetime.fromisoformat(line["at"]).astimezone(zone)
        print(f"  {at:%Y-%m-%d %H:%M}  {line['what']}  {line['note']}")


def _case_plain(found: Any, *, unmask: bool) -> dict[str, Any]:
    from collector_desk.domain.text.masking import (
        masked_account,
        masked_address,
        masked_id,
        masked_name,
        masked_text,
    )

    file = found.file

    def hide(value: str, mask: Any) -> str:
        return value if unmask else str(mask(value))

    return {
        "debtor": file.debtor.id,
        "name": hide(file.debtor.name, masked_name),
        "id_number": hide(file.debtor.id_number, masked_id),
        "bank": file.debtor.bank_name,
        "balance": file.owed,
        "balance_minor": file.balance.minor,
        "currency": file.balance.currency,
        "class": int(file.queue_class),
        "why": say(file.why),
        "flags": sorted(flag.value for flag in file.flags),
        "accounts": [
            {
                "case": case.number,
                "account": hide(case.account_number, masked_account),
                "placement": case.placement_number,
                "days": case.days,
                "balance": str(case.balance),
                "balance_minor": case.balance.minor,
                "as_of": case.balance_as_of.isoformat(),
                "due_on": case.due_on.isoformat() if case.due_on else None,
                "state": case.state,
            }
            for case in file.cases
        ],
        "numbers": [
            {
                "number": hide(card.phone.number, lambda _, phone=card.phone: phone.masked),
                "kind": card.phone.kind.value,
                "standing": card.phone.standing.value,
                "verdict": card.decision.verdict.value,
                "reasons": list(dict.fromkeys(say(reason.detail) for reason in card.decision.reasons)),
                "next_allowed_at": card.decision.next_allowed_at.isoformat()
                if card.decision.next_allowed_at
                else None,
            }
            for card in found.numbers
        ],
        "addresses": [hide(line, masked_address) for _, _, line in file.addresses],
        "promises": [
            {
                "amount_minor": promise.amount.minor,
                "due_at": promise.due_at.isoformat(),
                "channel": promise.channel.value,
                "state": promise.state,
            }
            for promise in file.promises
        ],
        "timeline": [
            {
                "at": line.at.isoformat(),
                "kind": line.kind,
                "actor": line.actor,
                "what": " ".join(say(part) for part in line.detail),
                "note": hide(line.text, masked_text),
                "taken_back": line.taken_back,
            }
            for line in found.timeline
        ],
    }


@app.command()
def people(user: UserOption, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Who works at the store, with their roles."""
    from collector_desk.services.office import people as service

    with seat_at(store, user) as seat:
        found = service.everybody(seat)
    if as_json:
        print_json(
            [{"name": p.name, "number": p.number, "roles": sorted(p.roles), "active": p.active} for p in found]
        )
        return
    for person in found:
        roles = ", ".join(word(role, lang()) for role in sorted(person.roles))
        print(f"{person.number}  {person.name}  {roles}")
