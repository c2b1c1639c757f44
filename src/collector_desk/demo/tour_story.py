"""The story the tour tells: a store and a bank's file, a morning of calls, a visit from request to filed report."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from collector_desk.demo.tour_guide import Guide

if TYPE_CHECKING:
    from collector_desk.demo.payments import PaidRow
    from collector_desk.ui.book.import_view import ImportView
    from collector_desk.ui.visits.page import VisitsPage


class Story(Guide):
    """Each method is a part of the day; all of it by keys, but for what ``tour.json`` notes as done by services."""

    # --- the whole -----------------------------------------------------------------------------------

    def run(self) -> int:
        """All of it, in order."""
        self.open_window()
        try:
            self.begin_a_store()
            self.take_the_bank_file_in()
            self.let_people_in()
            self.work_the_queue()
            self.afternoon()
            self.visit()
            self.money_in()
            self.bank_says()
            self.look_back()
        finally:
            self.close_window()
        self.write()
        return self.pictures

    # --- a store, a file, people ---------------------------------------------------------------------

    def begin_a_store(self) -> None:
        """First start: the agency and its first person, then the recovery code."""
        hands, window = self.hands, self.hands.window
        people, agency = self.text["people"], self.text["agency"]
        form = window.screens.first_start.form
        for field, text in (
            (form.person, people["lead"]),
            (form.password, people["password"]),
            (form.password_again, people["password"]),
            (form.agency, agency["name"]),
            (form.neutral_name, agency["neutral_name"]),
            (form.hotline, agency["hotline"]),
            (form.office_address, agency["office_address"]),
        ):
            hands.go_to(field)
            hands.type(text)
        form.folder.setText("…/collector-desk/store")  # the tour's own folder has another name each time
        self.step("start")
        hands.go_to(form.create_button)
        hands.press("Space")
        hands.wait(lambda: window.current_screen() is window.screens.recovery_code, "the recovery code")
        screen = window.screens.recovery_code
        code = screen.form.code.text()
        screen.form.code.setText("XXXX  XXXX  XXXX  XXXX\nXXXX  XXXX  XXXX  XXXX")  # no code on a picture
        self.step("code")
        screen.form.code.setText(code)
        first, second = screen.asked()
        hands.go_to(screen.form.first_group)
        hands.type(first)
        hands.go_to(screen.form.second_group)
        hands.type(second)
        hands.press("Return")
        hands.wait(lambda: window.session is not None and window.current_screen() is window.desk, "the desk")

    def take_the_bank_file_in(self) -> None:
        """A workbook as a bank mails it, read, looked at and imported; what no file says is asked."""
        from collector_desk.demo.bank_file import write_tour_file

        hands, bank = self.hands, self.text["bank"]
        path = self.folder / bank["file"]
        write_tour_file(path, self.text)
        page = self.to_page("cases")
        hands.act("import")
        view: ImportView = page.importing
        hands.type(str(path))
        hands.press("Return")
        hands.wait(lambda: view.step() is view.preview, "the preview")
        self.step("import", looks=True)
        hands.press("Space")
        hands.wait(lambda: view.step() is view.terms, "the terms")
        hands.fill(
            "\n".join(bank["pay_ways"]),
            bank["contract_terms"],
            bank["complaint_number"],
            bank["mandate_ends"].isoformat(),
        )
        self.step("terms")
        hands.go_to(view.terms.next_button)
        hands.press("Space")
        hands.wait(lambda: view.step() is view.result, "the import")
        self.step("imported")
        hands.press("Space")

    def let_people_in(self) -> None:
        """An agent and two visitors; the share of the caps is set, the packs are released."""
        from collector_desk.demo.store import FIRST
        from collector_desk.domain.conduct.values import Share
        from collector_desk.domain.vocabulary import Role
        from collector_desk.services.desk import settings
        from collector_desk.services.desk.settings import DeskSettings
        from collector_desk.services.office import people
        from collector_desk.services.packs import releases

        hands, names = self.hands, self.text["people"]
        page = self.to_page("settings")
        hands.press("Down")
        hands.press("Down")
        part = page.people
        wanted = {names["agent"]: {Role.AGENT, Role.SENIOR_AGENT}}
        wanted |= {name: {Role.VISITOR} for name in names["visitors"]}
        for there, (name, roles) in enumerate(wanted.items(), 1):
            hands.go_to(part.form.new_button)
            hands.press("Space")
            hands.go_to(part.form.person)
            hands.type(name)
            hands.go_to(part.form.password)
            hands.type(FIRST)
            for role, box in part.boxes.items():
                if box.isChecked() != (role in roles):
                    hands.go_to(box)
                    hands.press("Space")
            hands.go_to(part.form.save_button)
            hands.press("Space")
            hands.wait(partial(_more_than, part.model.rowCount, there), "a new person")
        self.step("people")
        for name in wanted:  # with the password somebody gave them they would sign and confirm nothing
            own = people.first_sign_in(self.seat.folder, name, given=FIRST, own=names["password"], clock=self.clock)
            own.let_go()
        settings.change(self.seat, Share(effective=3, connected=6))
        settings.change(self.seat, DeskSettings(recording_system="录音平台"))
        releases.release_all(self.seat)
        self.step("setup", by="services", picture=False)
        self.sign_in(names["agent"])

    # --- calls ---------------------------------------------------------------------------------------

    def account(self, who: str) -> dict[str, Any]:
        """An account of the tour's file."""
        found: dict[str, Any] = next(one for one in self.text["account"] if one["who"] == who)
        return found

    def id_number(self, account: dict[str, Any]) -> str:
        """The invented identity number of its holder."""
        from collector_desk.demo.bank_file import id_number

        return id_number(account)

    def check_identity(self, who: str) -> None:
        """The debtor says their name and the last four of their number."""
        account = self.account(who)
        self.hands.type(account["name"])
        self.hands.press("Return")
        self.hands.type(self.id_number(account)[-4:])
        self.hands.press("Return")

    def note(self, name: str) -> None:
        """Write a note and save; the next case comes."""
        self.hands.act("note")
        self.hands.type(self.notes[name])

    def work_the_queue(self) -> None:
        """A promise, nobody there, somebody else, an objection, one more in vain."""
        hands, clock = self.hands, self.clock
        self.step("queue", looks=True)
        hands.act("open")
        self.expect("promises")
        self.step("open")
        hands.act("dial")
        clock.go_on(12)
        self.step("dial")
        hands.press("1")
        self.step("identity")
        self.check_identity("promises")
        clock.go_on(25)
        hands.press("1")
        self.step("state", looks=True)
        clock.go_on(20)
        hands.press("1")
        hands.press("1")
        hands.act("preset_tomorrow", "preset_time")
        clock.go_on(35)
        self.note("promise")
        self.step("promise", looks=True)
        hands.act("save_next")
        self.expect("silent")
        self.step("next")
        hands.act("dial", "no_answer")
        self.expect("third")
        self.step("no_answer")
        hands.act("dial")
        clock.go_on(9)
        hands.act("third_party")
        self.step("third", looks=True)
        clock.go_on(22)
        self.finish_with("third")
        self.expect("objects")
        hands.act("dial")
        hands.press("1")
        self.check_identity("objects")
        hands.press("1")
        clock.go_on(40)
        hands.act("answers")
        hands.type(self.notes["objection"])
        self.step("objection", looks=True)
        hands.press("Escape")
        for digit in ("9", "5", "1"):
            hands.press(digit)
        clock.go_on(40)
        self.finish_with("objects")
        self.expect("visited")
        hands.act("dial", "no_answer")

    def finish_with(self, note: str) -> None:
        """Note and Ctrl+Enter."""
        self.note(note)
        self.hands.act("save_next")

    def expect(self, who: str) -> None:
        """The case on the screen is the one the story wants."""
        from collector_desk.demo.tour_driver import NotComingError

        case = self.work.call.case
        if case is None or case.file.debtor.name != self.account(who)["name"]:
            raise NotComingError(f"another case than the one that {who}")

    def afternoon(self) -> None:
        """The one that did not answer is found again; a talk in person is agreed and a visit asked for."""
        hands, clock = self.hands, self.clock
        clock.until(14, 40)
        hands.act("find")
        hands.type(self.id_number(self.account("visited"))[-6:-1])
        hands.press("Return")
        self.expect("visited")
        hands.act("dial")
        hands.press("1")
        self.check_identity("visited")
        clock.go_on(30)
        hands.press("1")
        hands.press("8")
        clock.go_on(20)
        self.step("escalation")
        hands.press("1")
        hands.press("1")
        hands.act("visit")
        hands.type(self.notes["visit"])
        self.step("visit_ask", looks=True)
        hands.act("save_next")
        hands.act("preset_tomorrow", "preset_time")
        clock.go_on(60)
        self.finish_with("meeting")

    # --- the visit -----------------------------------------------------------------------------------

    @property
    def visits(self) -> "VisitsPage":
        """The page of visits in front."""
        page: Any = self.hands.window.page("visits")
        return page  # type: ignore[no-any-return]

    def visit(self) -> None:
        """The lead opens it and names two; the pair goes, reports and signs; the lead accepts."""
        hands, clock, names = self.hands, self.clock, self.text["people"]
        words = self.text["report"][self.lang]
        clock.until(17, 30)
        self.sign_in(names["lead"])
        self.to_page("visits")
        hands.press("Return")
        detail: Any = self.visits.detail
        visit_id = detail.visit.visit_id
        for place, name in enumerate(names["visitors"]):
            hands.go_to(detail.plan_form.companion if place else detail.plan_form.lead)
            hands.choose(name)
        hands.go_to(detail.plan_form.letter)
        hands.type(words["letter"])
        self.step("visit_plan")
        hands.act("save_next")
        self.on_the_way()
        self.report(words)
        self.both_sign()
        clock.until(13, 30)
        self.sign_in(names["lead"])
        self.accept(words["accepted"])
        self.print_report(visit_id)

    def on_the_way(self) -> None:
        """One tap each: set out, arrived, met, left."""
        hands, clock = self.hands, self.clock
        clock.until(9, 20, days=1)
        self.sign_in(self.text["people"]["visitors"][0])
        hands.press("Return")
        hands.press("1")
        clock.until(10, 3)
        hands.press("1")
        clock.until(10, 5)
        hands.press("1")
        self.step("way")
        clock.until(10, 24)
        hands.press("4")

    def report(self, words: dict[str, str]) -> None:
        """The pair fills the report in; only what the taps did not tell."""
        hands = self.hands
        detail: Any = self.visits.detail
        for name, value in (
            ("recorded_where", words["recorded"]),
            ("address", "right"),
            ("met", "debtor"),
            ("identified", "id_card_seen"),
            ("debt_disclosed", "yes"),
            ("met_words", words["identified"]),
            ("entry", "not_asked"),
            ("said", words["said"]),
            ("arrears_reason", "waiting_wages"),
            ("agreed", "promise"),
            ("promise_amount", "3000"),
            ("promise_on", "2026-11-26"),
            ("promise_channel", "bank_app"),
            ("agreed_words", words["agreed"]),
            ("handed_over", words["handed_over"]),
            ("next_step", words["next_step"]),
            ("next_on", "2026-11-27"),
        ):
            field = detail.form.inputs[name]
            hands.go_to(field)
            hands.answer(value)
        self.step("report")
        hands.act("save_next")

    def both_sign(self) -> None:
        """Each with their own password, one after the other at the same window."""
        hands = self.hands
        for left in (1, 0):
            detail: Any = self.visits.detail
            hands.go_to(detail.signing.first_field())
            hands.type(self.text["people"]["password"])
            if not left:
                self.step("sign")
            hands.press("Return")
            hands.wait(partial(_more_than, lambda: -self._unsigned(), -left - 1), "a signature")

    def _unsigned(self) -> int:
        detail: Any = self.visits.detail
        return len(detail.signing.rows) if detail and detail.signing else 0

    def accept(self, words: str) -> None:
        """The lead reads the report as it prints, and accepts it."""
        hands = self.hands
        page = self.to_page("review")
        hands.press("2")
        hands.act("print")
        hands.wait(page.preview.view.isVisible, "the PDF")
        hands.wait_for_ink(page.preview.view, "the PDF's words")
        self.step("preview")
        hands.press("Escape")
        hands.press("Return")
        hands.type(words)
        self.step("review")
        hands.act("save_next")

    def print_report(self, visit_id: str) -> None:
        """The PDF as it is kept, and what it looks like."""
        from collector_desk.demo.tour_driver import picture_of_pdf
        from collector_desk.demo.tour_files import MARK
        from collector_desk.services.visits import signing

        paper = signing.final_report(self.seat, visit_id, self.lang)
        self.report_file = paper.file_name
        self.files.put(paper.file_name, paper.data)
        files = []
        for page in range(paper.pages):
            file = f"{len(self.steps) + 1:02d}-pdf-{page + 1}.png"
            self.files.put(file, picture_of_pdf(paper.data, page, MARK))
            files.append(file)
        self.pictures += len(files)
        self.add("pdf", self.text["titles"][self.lang]["pdf"], "services", files)

    # --- what the bank says last ---------------------------------------------------------------------

    def money_in(self) -> None:
        """The bank's payment file: a promise is kept, a debt paid twice waits for the lead, who asks the bank."""
        from collector_desk.demo.payments import write_payment_file

        hands, bank = self.hands, self.text["bank"]
        self.clock.until(9, 5, days=3)
        self.sign_in(self.text["people"]["lead"])
        path = self.folder / bank["payments"]
        write_payment_file(path, bank, self._paid())
        view: ImportView = self.to_page("cases").importing
        hands.act("import")
        hands.type(str(path))
        hands.press("Return")
        hands.wait(lambda: view.step() is view.payments, "the payments")
        self.step("payments", looks=True)
        hands.go_to(view.payments.next_button)
        hands.press("Space")
        hands.wait(lambda: view.step() is view.paid_result, "the balances")
        self.step("paid")
        hands.press("Space")
        page = self.to_page("review")
        hands.press("3")
        hands.wait(page.settling.count, "what is to settle")
        self.step("settle", looks=True)
        hands.act("refuse")
        hands.press("4")
        hands.wait(page.questions.count, "what the bank is asked")
        self.step("ask", looks=True)

    def _paid(self) -> "list[PaidRow]":
        """Who promised at the door pays that; who promised on the telephone pays twice."""
        from collector_desk.demo.bank_file import tour_account
        from collector_desk.demo.payments import PaidRow

        ways, whole = self.text["bank"]["payment_ways"], int(Decimal(self.account("promises")["amount"]) * 100)
        told = (("promises", 24, whole), ("promises", 25, whole), ("visited", 26, 300_000))
        return [
            PaidRow(tour_account(self.text, who), self.account(who)["name"], date(2026, 11, day), fen, ways[0])
            for who, day, fen in told
        ]

    def bank_says(self) -> None:
        """Newer balances, then a list: one case is recalled, one stopped, one row is nobody's."""
        from collector_desk.demo.bank_file import tour_account

        hands, bank = self.hands, self.text["bank"]
        view: ImportView = self.to_page("cases").importing
        rows = [
            [bank["placement"], tour_account(self.text, who), self.account(who)["name"], figure, "2026-11-26"]
            for who, figure in (("third", "48692.10"), ("objects", "33500.00"))
        ]
        self._take_in(bank["balances"], bank["balance_headings"], rows)
        hands.wait(lambda: view.step() is view.preview, "the newer balances")
        self.step("refresh", looks=True)
        hands.go_to(view.preview.next_button)
        hands.press("Space")
        hands.wait(lambda: view.step() is view.result, "the newer balances taken in")
        hands.press("Space")
        rows = [
            [tour_account(self.text, who), self.account(who)["name"], said, "2026-11-27", bank["words_why"]]
            for who, said in bank["word_rows"]
        ]
        rows.append([bank["strange"], "某某", bank["word_rows"][1][1], "2026-11-27", bank["words_why"]])
        self._take_in(bank["word_list"], bank["word_headings"], rows)
        hands.wait(lambda: view.step() is view.words, "the list")
        self.step("recall", looks=True)
        hands.go_to(view.words.next_button)
        hands.press("Space")
        hands.wait(lambda: view.step() is view.words_result, "the list taken in")
        self.step("recalled")
        hands.press("Space")
        page = self.to_page("review")
        hands.press("7")
        hands.wait(page.nobodys.count, "the row of nobody's")
        self.step("unmatched", looks=True)

    def _take_in(self, name: str, headings: list[str], rows: list[list[str]]) -> None:
        """Write a file as the bank sends it, and begin to import it."""
        from collector_desk.demo.bank_file import write_rows

        path = self.folder / name
        write_rows(path, headings, rows)
        self.to_page("cases")
        self.hands.act("import")
        self.hands.type(str(path))
        self.hands.press("Return")
        self.hands.settle()

    def look_back(self) -> None:
        """The history is whole."""
        from collector_desk.services.office import backup

        self.verified = backup.verify(self.seat).ok
        self.step("end", by="services")


def _more_than(count: Callable[[], int], least: int) -> bool:
    return count() > least
