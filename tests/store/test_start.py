import subprocess
import sys
from pathlib import Path

HEAVY = "alembic argon2 cryptography pandas pydantic pypinyin platformdirs sqlalchemy.orm PySide6"


def test_opening_a_store_loads_nothing_heavy_beforehand() -> None:
    """What is slow to import comes when it is first needed: the sign-in must be painted before."""
    modules = "store backup heads journal search verify tables"
    imports = ", ".join(f"collector_desk.store.{name}" for name in modules.split())
    program = f"import sys, {imports}; print([m for m in {HEAVY.split()!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_sign_in_is_offered_without_sqlalchemy(tmp_path: Path) -> None:
    """Which stores there are and who can sign in is asked before the first picture."""
    (tmp_path / "keys.json").write_text("{}")
    program = (
        "import sys; from pathlib import Path; from collector_desk.app import Program; "
        "folder = Path(sys.argv[1]); program = Program(store=folder); stores = program.known_stores(); "
        "import collector_desk.store.keys; "
        "print(folder in stores, [m for m in ('sqlalchemy', 'argon2', 'pandas', 'pydantic') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "True []"
