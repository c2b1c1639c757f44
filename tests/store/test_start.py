import subprocess
import sys

HEAVY = "alembic argon2 cryptography pandas pydantic pypinyin platformdirs sqlalchemy.orm PySide6"


def test_opening_a_store_loads_nothing_heavy_beforehand() -> None:
    """What is slow to import comes when it is first needed: the sign-in must be painted before."""
    modules = "store backup heads journal search verify tables"
    imports = ", ".join(f"collector_desk.store.{name}" for name in modules.split())
    program = f"import sys, {imports}; print([m for m in {HEAVY.split()!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
