"""docs/conduct.md: all 40 groups are in its table, and each has tests that bear its number; its example is true."""

import json
import re
from pathlib import Path

from collector_desk.domain.conduct import decide
from collector_desk.packs.rules import load_shipped, shipped_ids
from collector_desk.packs.scenarios import read_scenarios

HERE = Path(__file__).parent
DOC = (HERE.parents[2] / "docs" / "conduct.md").read_text("utf-8")


def test_every_group_is_in_the_table_and_has_tests_where_it_says():
    rows = dict(re.findall(r"^\| (\d+) \| [^|]+ \| `(test_groups_\w+)`", DOC, re.MULTILINE))
    assert sorted(map(int, rows)) == list(range(1, 41))
    for number, module in rows.items():
        assert f"def test_group_{number}_" in (HERE / f"{module}.py").read_text("utf-8")


def test_the_example_of_the_document_is_judged_as_it_says(tmp_path):
    blocks = re.findall(r"```json\n(.*?)```", DOC, re.DOTALL)
    file = tmp_path / "example.json"
    file.write_text(blocks[0], "utf-8")
    (scenario,) = read_scenarios(file)
    assert not scenario.warnings
    decision = decide(scenario.action, scenario.facts, [load_shipped("cn-card")], scenario.now)
    said = json.loads(blocks[1].replace("…", ""))
    assert decision.verdict == said["verdict"]
    assert decision.reasons[0].rule == said["reasons"][0]["rule"]
    assert (decision.reasons[0].n, decision.reasons[0].m) == (3, 3)
    assert decision.next_allowed_at.astimezone(scenario.zone).isoformat() == said["next_allowed_at"]


def test_the_number_of_rules_is_what_the_document_says():
    for pack_id in shipped_ids():
        assert re.search(rf"^\| `{pack_id}` \|.*\| {len(load_shipped(pack_id).rules)} \|$", DOC, re.MULTILINE)
