"""The names packs and questions share for means, places, papers and the parts of a message.

A pack or a scenario that says anything else is refused, and a part or lexicon nobody knows is asked about: a name
misspelt on one side would otherwise never meet its rule.
"""

MEANS = frozenset(
    {
        "private_phone",
        "private_social_app",
        "public_notice",
        "number_rotation",
        "address_book_blast",
        "postcard",
        "calling_machine",
    }
)

PLACES = frozenset(
    {"home", "office_area", "school", "hospital_ward", "doorstep", "street", "public_place", "neutral"}
)
"""Where a visit takes place. ``doorstep``: before the door, nobody has gone in; ``neutral``: a place agreed on."""

CARRIED = frozenset({"badge", "authorisation_letter"})

CONTENT_KINDS = frozenset({"script", "voicemail", "sms", "im", "email", "letter", "visit_report"})

RECORDS = frozenset({"file", "call", "visit", "recording", "oral_plan"})
"""What is kept of a debtor, as the rules of keeping name it; ``file``: whatever else there is."""

EVENTS = frozenset({"complaint_received"})
"""What starts a deadline."""

HOLDS = frozenset({"plan_active", "complaint_open"})
"""What holds records beyond their term: flags of the debtor."""

RELATIONS = frozenset(
    {
        "contact",
        "guarantor",
        "spouse",
        "parent",
        "child",
        "relative",
        "joint_holder",
        "employer",
        "colleague",
        "friend",
        "neighbour",
        "village_officer",
        "heir",
        "guardian",
        "agent",
        "lawyer",
    }
)

PARTS = frozenset(
    {
        # a letter's, a plan's
        "name",
        "balance",
        "reason_and_law",
        "rights_and_duties",
        "how_to_check_repay_object",
        "issuer_contact",
        "seal",
        "balance_structure_currency",
        "cycle_method_date_amount",
        "fees_and_interest",
        "no_new_card_promise",
        "rights_and_breach",
        "other",
        # a voicemail's, a message's
        "neutral_business_name",
        "reply_request",
        "person_name",
        "number",
        "greeting",
        "datetime",
        "reply_times",
        "any_representative",
        "opt_out",
        "contact_details",
        # what may have to be kept out
        "amount",
        "overdue_days",
        "product",
        "bank",
        "employer",
        "legal_step",
        "debt_existence",
        "card_number",
        "id_number",
        "court_style_heading",
        "emblem",
        "debt_words_on_envelope",
    }
)
