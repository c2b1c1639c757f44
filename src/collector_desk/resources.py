"""Where the data shipped with the program lies (checkout, installed wheel or bundle), and where the user's lies."""

import os
import sys
from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """The folder that holds ui/, scripts/, rules/, i18n/, themes/ and messages/."""
    here = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [Path(bundle) / "resources"] if bundle else []
    candidates += [here / "resources", here.parents[1] / "resources"]
    for folder in candidates:
        if (folder / "rules").is_dir():
            return folder
    raise FileNotFoundError("The program's own resources folder is missing; install the program again.")


def resource(*parts: str) -> Path:
    """The path of one shipped file, e.g. ``resource("rules", "cn-card.toml")``."""
    return resources_folder().joinpath(*parts)


def home_folder() -> Path:
    """The user's data folder: ``COLLECTOR_DESK_HOME``, else where the system keeps such things."""
    given = os.environ.get("COLLECTOR_DESK_HOME")
    if given:
        return Path(given)
    import platformdirs

    return platformdirs.user_data_path("collector-desk", appauthor=False)


def machine_folder() -> Path:
    """What all users of this computer share: ``COLLECTOR_DESK_MACHINE``, else where the system keeps such things.

    Only who installs the program makes it; where it is missing, it is missing.
    """
    given = os.environ.get("COLLECTOR_DESK_MACHINE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA") or r"C:\ProgramData") / "collector-desk"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/collector-desk")
    return Path("/var/lib/collector-desk")


def default_store() -> Path:
    """Where the store lies unless somebody chose another place: in the user's data folder."""
    return home_folder() / "store"
