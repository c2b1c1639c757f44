"""Which stores this machine knows, the last used first. Asked before the first picture: imports nothing heavy."""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from collector_desk.domain.message import Trouble
from collector_desk.exchange.store_folder import is_store
from collector_desk.resources import home_folder
from collector_desk.store.replacing import settle

_FILE = "stores.json"
_MOST = 8


def known(first: Iterable[Path], last: Iterable[Path]) -> list[Path]:
    """Folders that hold a store: ``first``, those used before, ``last``; each once."""
    recent = [Path(item) for item in _read()]
    found = []
    for folder in dict.fromkeys([*first, *recent, *last]):
        with suppress(Trouble):
            settle(folder)
        if is_store(folder):
            found.append(folder)
    return found


def remember(folder: Path) -> None:
    """Offer this store first the next time; a convenience that may fail in silence."""
    places = list(dict.fromkeys([str(folder.resolve()), *_read()]))
    path = home_folder() / _FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(places[:_MOST], ensure_ascii=False), "utf-8")
    except OSError:
        return


def _read() -> list[str]:
    """The folders used before; none where the file is missing or somebody damaged it."""
    try:
        kept = json.loads((home_folder() / _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [item for item in kept if isinstance(item, str)] if isinstance(kept, list) else []
