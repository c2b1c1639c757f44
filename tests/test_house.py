"""The house as it is meant to be: what no linter asks is asked here."""

import ast
import re
from collections import Counter
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "collector_desk"
MOST_ARROWS = 40  # with the room of money, which files, cases and calls ask, and which asks the packs
MOST_LINES = 600
_SEAT = "collector_desk.services.desk.seat"


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of ours but the forms that a tool writes and the frozen migrations."""
    paths = [path for path in SOURCE.rglob("*.py") if not {"forms", "versions"} & set(path.parts)]
    return {path.relative_to(SOURCE): ast.parse(path.read_text("utf-8")) for path in paths}


def imported(tree: ast.Module) -> set[str]:
    """The modules of ours that a module names, by their full names."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("collector_desk"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("collector_desk")}
    return found


@cache
def architecture() -> ModuleType:
    """The script that draws docs/architecture.md."""
    spec = spec_from_file_location("desk_architecture", ROOT / "packaging" / "architecture.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_architecture_is_drawn_as_the_code_is() -> None:
    text = architecture().DOCUMENT.read_text("utf-8")
    assert architecture().drawn(text) == text, "python packaging/architecture.py"
    assert set(re.findall(r"^\| `services/(\w+)` \|", text, re.M)) == set(architecture().uses(architecture().ROOMS))


def test_an_arrow_that_is_not_drawn_fails() -> None:
    text = architecture().DOCUMENT.read_text("utf-8")
    assert architecture().drawn(text.replace(", `book`", "", 1)) == text
    assert architecture().drawn(text.replace("x", " ")) != text.replace("x", " ")


def test_there_are_few_arrows_between_rooms() -> None:
    assert sum(len(uses) for uses in architecture().uses(architecture().ROOMS).values()) <= MOST_ARROWS


def test_nothing_of_services_lies_outside_a_room() -> None:
    loose = [path.name for path in trees() if path.parts[0] == "services" and len(path.parts) == 2]
    assert loose == ["__init__.py"]


def test_the_window_neither_imports_the_store_nor_reaches_through_to_it() -> None:
    found = []
    for path, tree in trees().items():
        if path.parts[0] != "ui":
            continue
        found += [f"{path}: {name}" for name in imported(tree) if name.startswith("collector_desk.store")]
        found += [
            f"{path}:{node.lineno}: .store"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr == "store"
        ]
    assert found == []


def test_the_demo_and_the_tour_are_clients_of_services() -> None:
    """Whatever they show a user can do: they know no table, write no row, and switch nothing off."""
    closed = ("collector_desk.store", "collector_desk.services.record", "sqlalchemy", "sqlcipher3", "sqlite3")
    inner = {"acting", "Writing", "reading", "record", "record_many", "store", "conn", "exec_driver_sql"}
    found = []
    for path, tree in trees().items():
        if path.parts[0] != "demo":
            continue
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            found += [f"{path}: {name}" for name in names if name.startswith(closed)]
            found += [
                f"{path}: {name}" for name in names if name.startswith(_SEAT) and name.split(".")[-1] in inner
            ]
            if isinstance(node, ast.Attribute) and node.attr in inner:
                found.append(f"{path}:{node.lineno}: .{node.attr}")
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "PRAGMA" in node.value.upper():
                found.append(f"{path}:{node.lineno}: a PRAGMA")
    assert found == []


SENDS = frozenset({"execute", "executemany", "exec_driver_sql", "scalar", "scalars", "driver_connection"})
"""What a connection sends a statement by."""


def sent(tree: ast.AST) -> list[int]:
    """The lines on which a module sends the database a statement of its own."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in SENDS]


def test_only_the_store_sends_statements() -> None:
    """Every question to the database has a name in ``store/<room>``: above it a transaction is only handed on."""
    above = {"__main__.py", "app.py", "commands", "demo", "ui", "services"}
    found = [f"{path}:{line}" for path, tree in trees().items() if path.parts[0] in above for line in sent(tree)]
    assert found == []


def test_a_statement_that_is_sent_is_found() -> None:
    for planted in ("act.conn.execute(asked).first()", "conn.exec_driver_sql('SELECT 1')", "conn.scalar(asked)"):
        assert sent(ast.parse(planted)) == [1]
    assert sent(ast.parse("with acting(seat, 'x') as act:\n    waiting(act.conn, who)")) == []


def test_no_two_public_classes_bear_one_name() -> None:
    names = Counter(
        node.name
        for tree in trees().values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name: count for name, count in names.items() if count > 1} == {}


def test_no_module_is_too_long_to_hold_in_the_head() -> None:
    lengths = {path: len((SOURCE / path).read_text("utf-8").splitlines()) for path in trees()}
    assert {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_module_only_hands_on_what_others_hold() -> None:
    """No shims for old names: a module that defines nothing and only imports is one (a package's face apart)."""
    shims = []
    for path, tree in trees().items():
        body = [
            node for node in tree.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        ]
        if path.name != "__init__.py" and body and all(isinstance(n, ast.Import | ast.ImportFrom) for n in body):
            shims.append(str(path))
    assert shims == []


SEVERAL_WRITERS = {
    # table: why more than one function writes its rows
    "counts_taken": "a file's figures and one debtor's by hand",
    "external_count": "the bulk form of a file beside the single one",
    "file_received": "a placement's file and one of payments, each with the commit that makes it count",
    "guarantee": "proven, and ended: two acts of one module",
    "short_form": "kept, and taken out of use: two acts of one module",
}


def writers() -> dict[str, set[str]]:
    """Which functions insert a row of history, by table: through an act's ``record`` or in bulk."""
    found: dict[str, set[str]] = {}
    for path, tree in trees().items():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name not in {"record", "record_many"}:
                    continue
                for given in node.args[:2]:
                    if (
                        isinstance(given, ast.Attribute)
                        and isinstance(given.value, ast.Name)
                        and given.value.id == "t"
                    ):
                        found.setdefault(given.attr, set()).add(f"{path}:{function.name}")
    return found


def test_every_noun_of_the_history_has_one_writer() -> None:
    several = {table: names for table, names in writers().items() if len(names) > 1}
    assert set(several) == set(SEVERAL_WRITERS), several


STATE_WRITERS = {
    # table that is no projection of history, or not yet: who writes it, with the reason where it is several
    "aside_row": {"store/intake/aside.py"},  # that it came in, with the batch that brought it
    "batch": {"store/intake/batches.py"},  # staged; what counts is a projection, as the next two
    # what follows from its history, the person as placed, and who holds it, which is no history
    "debtor": {"store/book/derived.py", "store/projections/replay.py", "store/record/holding.py"},
    "draft": {"store/desk/drafts.py"},
    "left_row": {
        "store/book/walk.py",
        "store/book/derived.py",
    },  # left, and offered again once its place changes
    "open_attempt": {"store/record/open_attempts.py"},
    "placement": {"store/intake/batches.py"},
    "received_file": {"store/intake/batches.py"},
    # a figure of the book; which counts a crash left unfinished
    "worked_out": {"store/book/derived.py", "store/intake/counts.py", "store/intake/unfinished.py"},
    # worked out of all rows of a debtor at once, and not of one row of history after the other
    "payment_now": {"store/projections/money.py"},
    "claim_now": {"store/projections/claims.py"},
    "account_case": {"store/projections/money.py"},
}
"""Not told here: what is kept beside evidence (thumbnails, pieces, files on their way in), and the rows of bank
files, which ``store/intake`` writes in bulk by bare SQL."""


def state_writers() -> dict[str, set[str]]:
    """Which modules insert, update or delete rows of a table of current state."""
    found: dict[str, set[str]] = {}
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            table = node.args[0]
            on_table = (
                isinstance(table, ast.Attribute) and isinstance(table.value, ast.Name) and table.value.id == "t"
            )
            if (
                on_table
                and node.func.id in {"insert", "update", "delete"}
                and not table.attr.startswith("evidence")
            ):
                found.setdefault(table.attr, set()).add(path.as_posix())
    return found


def test_projected_state_is_written_by_projections_alone() -> None:
    """``store/projections`` writes it by ``journal.record``; whoever else does, writes what no history says."""
    strangers = {table: modules - STATE_WRITERS.get(table, set()) for table, modules in state_writers().items()}
    assert {table: modules for table, modules in strangers.items() if modules} == {}


WORKS_OUT = {
    # module of services that has debtors worked out by itself: why no act does it
    "services/book/queueing.py": "whom the clock moves, many at once",
    "services/intake/counts.py": "the debtors of a whole file, in sets",
    "services/intake/payments.py": "the debtors of a whole file, in sets",
    "services/intake/placements.py": "the debtors of a whole file, in pieces",
    "services/office/backup.py": "``rebuild``: everybody, in pieces",
    "services/office/foreign.py": "whose lines came from another store: no row of ours names them",
}


def working_out(tree: ast.AST) -> bool:
    """Whether a module calls one of the functions of ``refresh`` that work out, or takes one out of its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {
            "refresh.refresh",
            "refresh.refresh_apart",
            "refresh.refresh_uncalled",
            "refresh.work_out",
        }:
            return True
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("services.book.refresh"):
            return any(
                alias.name in {"refresh", "refresh_apart", "refresh_uncalled", "work_out"} for alias in node.names
            )
    return False


def test_no_act_works_its_debtors_out_by_hand() -> None:
    """``acting`` does it for every debtor a row names: an act that did it too would do it twice."""
    found = {path.as_posix() for path, tree in trees().items() if path.parts[0] == "services" and working_out(tree)}
    assert found == set(WORKS_OUT)


def test_working_out_by_hand_is_found() -> None:
    assert working_out(ast.parse("with acting(seat, 'x') as act:\n    refresh.refresh(act.conn, [who], act.at)"))
    assert working_out(ast.parse("from collector_desk.services.book.refresh import refresh"))
    assert not working_out(ast.parse("refresh.settle(conn, [who], at)"))


STATES_LIE = ("domain/vocabulary.py", "domain/states.py", "domain/visits/steps.py", "domain/packs/life.py")
"""Where the enums are declared whose members no other module may spell out, besides those named below."""
STATES_BESIDE = frozenset(
    {"NumberSource", "Ending", "IncidentKind", "EvidenceKind", "TapKind", "PaperKind", "StepKind"}
)
COLUMNS = re.compile(r"(^|_)(state|kind|standing|source|event|decision|outcome|flag|speaker|result|channel|step)$")


def states() -> set[str]:
    """The values of all states, kinds and standings of the trade."""
    found = set()
    for path, tree in trees().items():
        for node in tree.body:
            if not isinstance(node, ast.ClassDef) or all(ast.unparse(base) != "StrEnum" for base in node.bases):
                continue
            if path.as_posix() in STATES_LIE or node.name in STATES_BESIDE:
                found |= {ast.literal_eval(line.value) for line in node.body if isinstance(line, ast.Assign)}
    return found


def _column(node: ast.AST) -> bool:
    """Whether a name or an attribute is one under which a state is kept."""
    said = getattr(node, "attr", None) or getattr(node, "id", None)
    return isinstance(said, str) and COLUMNS.search(said) is not None


def _key(node: ast.AST | None) -> bool:
    """The same of a key's text."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and COLUMNS.search(node.value) is not None


def _spelt(node: ast.AST, known: set[str]) -> bool:
    """Whether a state's value stands here as text, alone or in a collection or a choice of two."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(_spelt(item, known) for item in node.elts)
    if isinstance(node, ast.IfExp):
        return _spelt(node.body, known) or _spelt(node.orelse, known)
    return isinstance(node, ast.Constant) and node.value in known


def spelt_out(tree: ast.AST, known: set[str]) -> list[int]:
    """The lines on which a state is compared, asked for or written as bare text and not as its enum's member."""
    lines = []
    for node in ast.walk(tree):
        found = False
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            found = any(map(_column, sides)) and any(_spelt(side, known) for side in sides)
        elif isinstance(node, ast.Call):
            asks = isinstance(node.func, ast.Attribute) and node.func.attr in {"in_", "not_in"}
            found = asks and _column(node.func.value) and any(_spelt(given, known) for given in node.args)
            found = found or any(
                given.arg and COLUMNS.search(given.arg) and _spelt(given.value, known) for given in node.keywords
            )
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            found = any(_key(key) and _spelt(value, known) for key, value in pairs)
        elif isinstance(node, ast.Assign):
            found = any(map(_column, node.targets)) and _spelt(node.value, known)
        elif isinstance(node, ast.Match):
            patterns = [
                part.value for case in node.cases for part in ast.walk(case.pattern) if hasattr(part, "value")
            ]
            found = _column(node.subject) and any(_spelt(value, known) for value in patterns)
        if found:
            lines.append(getattr(node, "lineno", 0))
    return lines


def test_no_state_is_spelt_out() -> None:
    known = states()
    assert {f"{path}:{line}" for path, tree in trees().items() for line in spelt_out(tree, known)} == set()


def test_a_state_that_is_spelt_out_is_found() -> None:
    planted = [
        "if promise.state == 'open': pass",
        "x = [row for row in rows if row.kind in ('complaint', 'dispute')]",
        "select(state).where(t.promise_state.c.state.in_(['open', 'proposed']))",
        "update(t.promise_state).values(state='kept' if paid else 'broken')",
        "row = {'phone_id': phone_id, 'standing': 'wrong'}",
        "state = 'settled' if left <= 0 else 'open'",
        "match task.kind:\n    case 'incident' | 'consent':\n        pass",
    ]
    known = states()
    assert [line for line in planted if not spelt_out(ast.parse(line), known)] == []
    allowed = ["if key == 'open': pass", "x = row.state == PromiseState.OPEN", "y = {'open': 1}"]
    assert [line for line in allowed if spelt_out(ast.parse(line), known)] == []


NAMES_OURS = re.compile(r"(?<![\w./])(?:domain|services)(?:\.\w+)+")


def _is_there(name: str) -> bool:
    """Whether a dotted name leads to a module of ours, or to something such a module holds."""
    place = SOURCE
    for part in name.split("."):
        module = place / f"{part}.py"
        if module.is_file():
            rest = name.partition(f"{part}.")[2]
            return re.search(rf"\b{rest.split('.')[0]}\b", module.read_text("utf-8")) is not None
        place = place / part
    return place.is_dir()


def test_what_comments_and_docstrings_name_is_there() -> None:
    """A comment that sends the reader to a module of yesterday is worse than none."""
    found = []
    for path in trees():
        for number, line in enumerate((SOURCE / path).read_text("utf-8").splitlines(), 1):
            told = line.partition("#")[2] or "".join(re.findall(r"``[^`]+``", line))
            names = [name for name in NAMES_OURS.findall(told) if name != "domain.md"]
            found += [f"{path}:{number}: {name}" for name in names if not _is_there(name)]
    assert found == []


def test_a_name_of_yesterday_is_found() -> None:
    assert _is_there("domain.book.queue.place")
    assert _is_there("services.book.refresh")
    assert not _is_there("services.standing")
    assert not _is_there("domain.book.queue.gone_since")


TELLS_OF_TROUBLE = {  # where ui catches a Trouble itself, how often, and why ``attempt`` can't do it there
    "ui/window/alarms.py": 1,  # the page that reads the store tells of it; the strip only shows what it knows
    "ui/window/desk_frame.py": 1,  # the window's own reading, before there is a page
    "ui/window/main_window.py": 1,  # a code overtaken
    "ui/window/screens/screens.py": 1,  # a store that can't be opened leads elsewhere; a code overtaken
    "ui/window/pulse.py": 1,  # the window's own reading, as the desk's frame
    "ui/window/tasks.py": 1,  # the worker hands it to who asked
    "ui/window/screens/recovery.py": 2,  # nobody is signed in, so there is no Workplace
    "ui/window/screens/sign_in.py": 1,
    "ui/review/tasks.py": 1,  # a debtor who can't be read leaves the facts empty
    "ui/workshop/rehearsal_panel.py": 1,  # what is wrong with a draft is what the panel shows
    "ui/workshop/decision.py": 1,  # only the refusal; its caller tells of the rest
    "ui/work/call/acts.py": 2,  # an act of a panel: the refusal goes back to the panel
    "ui/work/call/panels.py": 1,
    "ui/visits/plan_form.py": 1,  # an hour half typed has no verdict yet
    "ui/visits/evidence/player.py": 1,  # told in the player itself
    "ui/visits/evidence/evidence_card.py": 1,  # who may not see it sees none
    "ui/visits/evidence/adding.py": 1,  # in the worker: each file's refusal is kept and told at the end
}


def caught(tree: ast.Module) -> int:
    """How often a module catches a trouble itself."""
    types = [node.type for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.type is not None]
    kinds = {"Trouble", "Refused", "GateRefused"}
    return sum(any(isinstance(n, ast.Name) and n.id in kinds for n in ast.walk(one)) for one in types)


def test_trouble_is_told_in_one_way() -> None:
    found = {path.as_posix(): caught(tree) for path, tree in trees().items() if path.parts[0] == "ui"}
    assert {path: count for path, count in found.items() if count} == TELLS_OF_TROUBLE, "with place.attempt(): ..."


def test_a_trouble_caught_by_hand_is_found() -> None:
    assert caught(ast.parse("try:\n    act()\nexcept (Refused, OSError) as wrong:\n    tell(wrong)")) == 1
    assert caught(ast.parse("with place.attempt():\n    act()")) == 0


MEASURED = {
    "setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing", "addSpacing", "setFixedSize",
    "setFixedWidth", "setFixedHeight", "setMinimumWidth", "setMinimumHeight", "setMaximumWidth", "setMaximumHeight",
    "setMinimumSize", "setMaximumSize", "resize", "setColumnMinimumWidth", "setRowMinimumHeight",
}  # fmt: skip


def bare_numbers(tree: ast.Module) -> list[int]:
    """The lines on which a gap or a size is a number and not a name of ``ui.theme.gaps``."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MEASURED:
            args = (
                node.args[1:] if node.func.attr in ("setColumnMinimumWidth", "setRowMinimumHeight") else node.args
            )
            inner = [part for arg in args if not isinstance(arg, ast.Call) for part in ast.walk(arg)]
            found += [
                node.lineno for part in inner if isinstance(part, ast.Constant) and isinstance(part.value, int)
            ]
    return found


def test_gaps_and_sizes_have_names() -> None:
    where = {path: bare_numbers(tree) for path, tree in trees().items() if path.parts[0] == "ui"}
    where = {path: lines for path, lines in where.items() if lines and path.parts[1] != "theme"}
    assert where == {}, "a name of ui.theme.gaps"


def test_a_bare_number_is_found() -> None:
    assert bare_numbers(ast.parse("row.setSpacing(7)\nbox.setContentsMargins(0, 0, 6, 0)")) == [1, 2, 2, 2, 2]
    assert bare_numbers(ast.parse("row.setSpacing(Gap.ROW)\ngrid.setColumnMinimumWidth(1, Width.DATE)")) == []


ID_NAMES = re.compile(r"(^|_)ids?$")
PACKS = {"packed", "all_packed", "packed_list"}


def bare_ids(tree: ast.AST) -> list[int]:
    """The lines where raw SQL is given an id as Python holds it: the file holds bytes, so that nothing is found."""

    def bare(node: ast.AST) -> bool:
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in PACKS:
            return False
        named = getattr(node, "id", None) or getattr(node, "attr", None)
        if isinstance(node, ast.Name | ast.Attribute) and ID_NAMES.search(str(named)):
            return True
        return any(bare(child) for child in ast.iter_child_nodes(node))

    packed_names = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(getattr(getattr(part, "func", None), "id", "") in PACKS for part in ast.walk(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "exec_driver_sql":
            for given in node.args[1:]:
                inside = [
                    part for part in ast.walk(given) if isinstance(part, ast.Name) and part.id in packed_names
                ]
                if bare(given) and not inside:
                    found.append(given.lineno)
    return found


def test_raw_sql_is_given_ids_as_the_file_holds_them() -> None:
    told = {str(path): bare_ids(tree) for path, tree in trees().items()}
    assert {path: lines for path, lines in told.items() if lines} == {}


def test_an_id_given_bare_is_found() -> None:
    planted = 'conn.exec_driver_sql("SELECT 1 FROM debtor WHERE id = ?", (debtor_id,))'
    fine = 'conn.exec_driver_sql("SELECT 1 FROM debtor WHERE id = ?", (packed(debtor_id),))'
    assert bare_ids(ast.parse(planted)) == [1]
    assert bare_ids(ast.parse(fine)) == []
