"""Questions about the short forms of notes that people added."""

from collector_desk.store import tables as t
from collector_desk.store.packs.short_forms import KeptForm, usable_by
from tests.samples.ids import an_id

ME, COLLEAGUE = an_id("me"), an_id("colleague")


def test_ones_own_and_the_teams_are_usable_as_their_newest_lines_say(conn, filed):
    def line(form: str, owner_id: str | None, name: str, text: str | None = None, **said) -> None:
        filed(t.short_form, form_id=an_id(form), owner_id=owner_id, name=name, text=text, **said)

    line("own", ME, "ptp", "旧")
    line("own", ME, "ptp", "客户承诺还款", replaces=True)
    line("team", None, "cb", "客户约定回电")
    line("another's", COLLEAGUE, "na")
    line("gone", ME, "zz", "不用了")
    line("gone", ME, "zz", gone=True)
    assert usable_by(conn, ME) == (
        KeptForm(an_id("team"), None, "cb", "客户约定回电", replaces=False),
        KeptForm(an_id("own"), ME, "ptp", "客户承诺还款", replaces=True),
    )
