"""What the program says to a person, as a value: a code and its figures. The words, in each language,
lie in ``resources/messages/*.toml`` and are put together by ``words.messages.render``."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for a person; ``params`` hold str, int, Money, date, datetime (UTC) or Message."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def msg(code: str, /, **params: object) -> Message:
    """Write a message down shortly: ``msg("store.disk_full", path=...)``."""
    return Message(code, params)


class Trouble(Exception):  # noqa: N818 -- not an error of ours: what the surroundings or the person did
    """What the surroundings did (disk full, wrong password); ``message`` says it and what to do next.

    Everything that is not a Trouble is our own bug.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.message = Message(code, params)


class Refused(Trouble):
    """What was asked for may not be done, or not with these values: a rule, a permission, a missing field.

    ``field_name`` names the field at fault, where there is one, so that a form can point at it.
    """

    def __init__(self, code: str, /, field_name: str | None = None, **params: object) -> None:
        super().__init__(code, **params)
        self.field_name = field_name
