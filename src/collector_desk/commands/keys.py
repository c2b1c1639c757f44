"""Commands on a store's keys: its root's fingerprint, a new recovery code, handing the root on."""

from typing import Annotated

import typer

from collector_desk.commands.common import StoreOption, UserOption, bar, password, say, seat_at
from collector_desk.domain.message import Refused, msg
from collector_desk.resources import default_store

app = typer.Typer()


@app.command()
def fingerprint(user: UserOption, store: StoreOption = None) -> None:
    """The root that all signing keys go back to, as it stands on the recovery sheet."""
    from collector_desk.services.office import keyring

    with seat_at(store, user) as seat:
        print(keyring.root_print(seat))
        if keyring.recovery_unconfirmed(seat):
            print(say(msg("commands.recovery_unconfirmed")))


@app.command(name="recovery-code")
def recovery_code(user: UserOption, store: StoreOption = None) -> None:
    """Print a new recovery code (a manager's act); the old one opens the store until this one is typed back."""
    from collector_desk.services.office import keyring

    with seat_at(store, user) as seat:
        code = keyring.new_recovery_code(seat)
        print(say(msg("commands.recovery_code", code=code)), flush=True)
        first = code.partition("-")[0]
        if typer.prompt(say(msg("commands.recovery_type_back"))).strip().upper() != first:
            raise Refused("commands.recovery_not_kept")
        keyring.confirm_recovery(seat)
        print(say(msg("commands.recovery_kept")))


@app.command(name="hand-on-root")
def hand_on_root(
    to: Annotated[str, typer.Argument(metavar="NAME", help="The manager who takes the root key on.")],
    user: UserOption,
    store: StoreOption = None,
) -> None:
    """Hand the root key on to another manager, who types their password too. Prints the new fingerprint."""
    from collector_desk.services.office import keyring, people

    with seat_at(store, user) as seat:
        taking = next((person for person in people.everybody(seat) if person.name == to), None)
        if taking is None:
            raise Refused("store.no_such_person")
        print(keyring.hand_on_root(seat, taking.id, password(f"{taking.name}: ")))


@app.command()
def rekey(user: UserOption, store: StoreOption = None) -> None:
    """Write the store anew under another key (a manager's act): old key files and old passwords open it no more."""
    from collector_desk.services.office import keyring

    folder = store or default_store()
    with bar() as progress:
        keyring.rekey(folder, who=user, password=password(), progress=progress)
    print(say(msg("office.keyring.rekeyed")))
