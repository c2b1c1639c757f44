"""What decisions of the gate went by, found again by its digest."""

from collector_desk.store import tables as t
from collector_desk.store.gate.grounds import ground_like, rule_set_like

ONE, OTHER = bytes([1]) * 32, bytes([2]) * 32


def test_a_ground_is_found_by_what_it_says(conn, filed):
    filed(t.ground, content_hash=OTHER)
    ground_id = filed(t.ground, content_hash=ONE)
    assert ground_like(conn, ONE) == ground_id
    assert ground_like(conn, bytes(32)) is None


def test_rules_are_found_by_the_digest_over_all_of_them(conn, filed):
    filed(t.rule_set, pack_hash=OTHER)
    rules_id = filed(t.rule_set, pack_hash=ONE)
    assert rule_set_like(conn, ONE) == rules_id
    assert rule_set_like(conn, bytes(32)) is None
