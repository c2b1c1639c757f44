"""What a value should have been, in our own words and both languages: pydantic knows English only."""

from collections.abc import Mapping
from typing import Any

from collector_desk.domain.message import Message, msg

_PLAIN = {
    "string_type": "conduct.want_text",
    "string_sub_type": "conduct.want_text",
    "string_unicode": "conduct.want_text",
    "bool_type": "conduct.want_yes_no",
    "bool_parsing": "conduct.want_yes_no",
    "int_type": "conduct.want_whole_number",
    "int_from_float": "conduct.want_whole_number",
    "int_parsing": "conduct.want_whole_number",
    "int_parsing_size": "conduct.want_whole_number",
    "list_type": "conduct.want_list",
    "set_type": "conduct.want_list",
    "frozen_set_type": "conduct.want_list",
    "tuple_type": "conduct.want_list",
    "model_type": "conduct.want_object",
    "model_attributes_type": "conduct.want_object",
    "dict_type": "conduct.want_object",
    "dataclass_type": "conduct.want_object",
    "date_type": "conduct.want_day",
    "date_parsing": "conduct.want_day",
    "date_from_datetime_parsing": "conduct.want_day",
    "date_from_datetime_inexact": "conduct.want_day",
    "missing": "conduct.want_given",
    "extra_forbidden": "conduct.want_known",
}


def wanted(fault: Mapping[str, Any]) -> Message:
    """What one of pydantic's errors asks for. The value itself is not told: it may be a person's."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in ("enum", "literal_error"):
        choices = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return msg("conduct.want_one_of", choices=tuple(choices.split(", ")))
    if kind == "greater_than_equal":
        return msg("conduct.want_from", least=context["ge"])
    if kind == "less_than_equal":
        return msg("conduct.want_at_most", most=context["le"])
    if kind in _PLAIN:
        return Message(_PLAIN[kind])
    # A check of ours says itself what it wants, by its code.
    return Message(kind, context) if str(kind).startswith("conduct.") else msg("conduct.want_other")
