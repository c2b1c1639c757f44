"""One line that says whether two stores hold the same money."""

import hashlib
from collections.abc import Iterable


def money_digest(lines: Iterable[tuple[object, ...]]) -> str:
    """SHA-256 over lines in their own order (bank, account, reference, amounts, days, states), whatever came first.

    No id and no number of ours may be among them: they differ from store to store.
    """
    kept = hashlib.sha256()
    for line in sorted("\x1f".join("" if part is None else str(part) for part in parts) for parts in lines):
        kept.update(line.encode())
        kept.update(b"\x1e")
    return kept.hexdigest()
