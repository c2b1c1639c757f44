"""Read-only parts: the request with its evidence, the plan, the steps taken."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from collector_desk.domain.visits.checks import FindingLevel, ReportFinding
from collector_desk.domain.visits.form import CHOICES, SECTIONS, answered_by, typed_of
from collector_desk.domain.visits.steps import Visit
from collector_desk.domain.visits.visit import VisitPlan, VisitReport
from collector_desk.services.desk.seat import Seat
from collector_desk.services.visits import visiting
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.visits.labels import field_labels, section_titles
from collector_desk.ui.widgets import Card, SoftPanel, StateMark, Text
from collector_desk.ui.widgets.facts import FactGrid, label_width
from collector_desk.ui.words import day, say, when, word

_SHORT = frozenset(CHOICES) | frozenset({"day", "set_out_at", "arrived_at", "left_at", "debt_disclosed"})
_SHORT |= frozenset({"minutes_inside", "promise_amount", "promise_on", "present"})
_WIDEST = 150  # pixels for the labels of a report; longer ones break


class RequestCard(Card):
    """Who asked for the visit, why, and what shows that the calls have failed."""

    def __init__(self, seat: Seat, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        request = visit.request
        self.set_title(self.tr("Request"))
        grid = FactGrid(wide=76)
        grid.add(self.tr("Asked by"), f"{request.requested_by_name} · {when(seat, request.requested_at)}")
        grid.add(self.tr("Purpose"), word(request.purpose))
        grid.add(self.tr("Address"), f"{request.address} ({word(request.place)})")
        if request.words:
            grid.add(self.tr("In words"), request.words)
        self.body.addWidget(grid)
        count = len(request.attempts) + len(request.broken_promises) + int(request.no_number)
        self.body.addWidget(
            Text(self.tr("Evidence: {count}").format(count=count), size=Size.CAPTION, tint=Tint.DIM)
        )
        for tried in request.attempts:
            line = " · ".join((when(seat, tried.at), word(tried.outcome), tried.number_masked))
            self.body.addWidget(Text(line, size=Size.CAPTION, wrap=True))
        for broken in request.broken_promises:
            said = self.tr("Promise of {amount} for {day} not kept")
            line = said.format(amount=broken.amount, day=day(broken.due))
            self.body.addWidget(Text(line, size=Size.CAPTION, wrap=True))
        if request.no_number:
            line = self.tr("None of the debtor's numbers can be called")
            self.body.addWidget(Text(line, size=Size.CAPTION, wrap=True))


class PlanCard(Card):
    """Who goes, where and when."""

    def __init__(self, seat: Seat, plan: VisitPlan, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Plan"))
        end = f"{seat.local(plan.end):%H:%M}"
        grid = FactGrid(wide=76)
        grid.add(self.tr("Lead visitor"), _with_badge(plan.lead.name, plan.lead.badge))
        grid.add(self.tr("Companion"), _with_badge(plan.companion.name, plan.companion.badge))
        if plan.third:
            grid.add(self.tr("Third"), _with_badge(plan.third.name, plan.third.badge))
        grid.add(self.tr("When"), f"{when(seat, plan.start)} – {end}")
        grid.add(self.tr("Address"), f"{plan.address} ({word(plan.place)})")
        missing = self.tr("⚠ no number yet: without it the pair can't set out")
        grid.add(self.tr("Authority letter"), plan.authority_letter.strip() or missing)
        self.body.addWidget(grid)


class HistoryCard(Card):
    """The steps taken, by whom, with their reasons."""

    def __init__(self, seat: Seat, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Steps"))
        grid = FactGrid(wide=92)
        for line in visit.history:
            text = f"{word(line.step)} · {line.by_name}"
            grid.add(when(seat, line.at), f"{text}\n{line.reason}" if line.reason else text)
        self.body.addWidget(grid)


class FindingLines(QWidget):
    """What the rule checks say, each with its mark; says so where they found nothing."""

    def __init__(self, seat: Seat, found: Sequence[ReportFinding], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.TIGHT)
        if not found:
            panel = SoftPanel(tone=Tone.OK)
            panel.body.addWidget(Text(self.tr("✓ The rule checks found nothing."), wrap=True))
            box.addWidget(panel)
        tones = {FindingLevel.MISSING: Tone.DANGER, FindingLevel.BREACH: Tone.WARN, FindingLevel.NOTE: Tone.INFO}
        for finding in found:
            panel = SoftPanel(tone=tones[finding.level])
            row = QGridLayout()
            row.setHorizontalSpacing(Gap.ROW)
            row.addWidget(StateMark(tones[finding.level], side=14), 0, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(f"{word(finding.level)} · {_said(seat, finding)}", wrap=True), 0, 1)
            row.setColumnStretch(1, 1)
            panel.body.addLayout(row)
            box.addWidget(panel)


class ReportView(QWidget):
    """The report as it was handed in, part by part; only what was asked for."""

    def __init__(
        self,
        seat: Seat,
        report: VisitReport,
        plan: VisitPlan,
        marks: dict[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.CARD)
        labels, titles = field_labels(), section_titles()
        typed = typed_of(report, plan)
        fields = answered_by(report, plan, visiting.rules(seat))
        needed = max(label_width(labels[name]) for name in fields)
        for section, names in SECTIONS:
            shown = [name for name in names if name in fields]
            if not shown:
                continue
            card = Card(titles[section])
            grid = FactGrid(wide=min(needed, _WIDEST))
            for name in shown:
                grid.add(labels[name], report_value(seat, report, plan, name, typed), half=name in _SHORT)
                if marks and name in marks:
                    grid.add("", "✎ " + marks[name])
            card.body.addWidget(grid)
            box.addWidget(card)
        if report.statements:
            card = Card(labels["statements"])
            card.body.addWidget(FactGrid([(s.name, s.text) for s in report.statements], wide=150))
            box.addWidget(card)


def report_value(seat: Seat, report: VisitReport, plan: VisitPlan, name: str, typed: dict[str, str]) -> str:
    """One value of a report in words."""
    if name == "present":
        return "、".join(member.name for member in plan.team if member.person_id in report.present)
    if name == "day":
        return day(seat.local(report.arrived_at or plan.start).date())
    if name == "debt_disclosed":
        return yes_no(report.debt_disclosed)
    value = getattr(report, name)
    if name in ("promise_on", "next_on"):
        return day(value)
    if name == "promise_amount":
        return str(value) if value else ""
    if hasattr(value, "value"):
        return word(value)
    return typed.get(name, "")


def yes_no(yes: bool) -> str:
    """Yes or no."""
    translate = QCoreApplication.translate
    return translate("VisitFields", "Yes") if yes else translate("VisitFields", "No")


def _with_badge(name: str, badge: str) -> str:
    return f"{name} · {badge}" if badge else name


def _said(seat: Seat, finding: ReportFinding) -> str:
    return say(finding.message, zone=ZoneInfo(seat.zone), now=seat.now())
