"""People, settings, packs: what belongs to the desk as a whole."""

from sqlalchemy import JSON, Boolean, Column, Date, LargeBinary, String, Table, Text, UniqueConstraint

from collector_desk.domain.states import DraftKind
from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal
from collector_desk.store.tables.columns import ID, found_by, numbered, one_of

setting = Table(
    "setting",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
)

worked_out = Table(  # what the program remembers for itself and can find out anew; nobody set it
    "worked_out",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False),
    *numbered(),
    Column("roles", JSON, nullable=False),
    Column("first_password", Boolean, nullable=False),  # still the one that was given to them
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcMicros, nullable=False),
    Column("badge_until", Date),  # the last day of the badge shown on visits; NULL: not on file
    UniqueConstraint("issuer", "serial"),
)

person_added = history_table(  # somebody let in; roles, badge and password have rows of their own
    "person_added",
    Column("person_id", ID, nullable=False),
    *numbered(),
    personal("name", String(80), required=True),
    Column("first_password", Boolean, nullable=False),
    UniqueConstraint("issuer", "serial"),
)

draft = Table(
    "draft",
    metadata,
    Column("kind", String(20), primary_key=True),  # DraftKind
    Column("subject_id", ID, primary_key=True),  # attempt, visit, incident or the draft's own
    Column("person_id", ID, nullable=False),
    Column("content", JSON, nullable=False),
    Column("authors", JSON, nullable=False),  # {field: who wrote it last}
    Column(
        "beside", JSON, nullable=False
    ),  # domain.text.merging.Beside, what was typed into a field another had changed
    Column("saved_at", UtcMicros, nullable=False),
    one_of("kind", DraftKind),
)

role_grant = history_table(
    "role_grant",
    Column("person_id", ID, nullable=False),
    Column("role", String(20), nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("at", UtcMicros, nullable=False),
    Column("signed_by", LargeBinary(32), nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
)

badge = history_table(
    "badge",
    Column("person_id", ID, nullable=False),
    Column("valid_until", Date),
)

setting_change = history_table(
    "setting_change",
    Column("key", String(64), nullable=False),
    Column("value", JSON, nullable=False),
)

pack_version = history_table(
    "pack_version",
    Column("pack_kind", String(20), nullable=False),  # PackKind
    Column("pack_id", String(60), nullable=False),
    Column("language", String(10), nullable=False),  # "" where a pack holds all languages
    Column("version", String(40), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("author_id", ID),  # NULL: came with the program
    Column("files", JSON, nullable=False),  # {name: text}
)

pack_step = history_table(
    "pack_step",
    Column("version_id", ID, nullable=False),
    Column("step", String(20), nullable=False),  # PackStep
    Column("actor_id", ID, nullable=False),
    Column("reason", Text, nullable=False),
)

short_form = history_table(  # a short form of notes somebody added; the newest line of a form counts
    "short_form",
    Column("form_id", ID, nullable=False),
    Column("owner_id", ID),  # whose own it is; NULL: the team's
    Column("name", String(12), nullable=False),
    Column("replaces", Boolean, nullable=False),
    Column("gone", Boolean, nullable=False),
    personal("text", String(300)),  # a person types it: it may have to be erased
)

access = history_table(
    "access",
    Column("what", String(40), nullable=False),  # unmask, reveal, export, print, original, play, evidence_export
    Column("subject_id", String(64), nullable=False),
)

found_by(pack_step, "version_id")
found_by(short_form, "form_id")
