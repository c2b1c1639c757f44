"""Fits the demo's distributions to the "default of credit card clients" set and writes them as a small TOML file.

    python packaging/fit_demo.py uci-credit-card-clients.csv.gz [resources/demo/parameters.toml]

The set itself (Yeh and Lien 2009, UCI Machine Learning Repository; 30,000 card accounts, Taiwan, April to September
2005) stays out of the repository. What is kept: how delays go on from month to month, and quantiles of balances,
limits, payments and ages of the accounts that were overdue in the last month. Amounts are in the set's unit.
"""

import hashlib
import itertools
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
DELAYS = ["PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0"]  # the oldest month first
STEPS = [0, 1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99, 100]
LATE = 3  # three months and more are one group: beyond it the set is thin


def main(source: Path, target: Path) -> None:
    """Read the set, fit, write."""
    data = pd.read_csv(source)
    content = source.read_bytes()
    overdue = data[(data["PAY_0"] >= 1) & (data["BILL_AMT1"] > 0)]
    lines = [
        "# Made by packaging/fit_demo.py; do not edit by hand. Invented people get these figures, nobody's own.",
        'source = "Default of credit card clients, UCI Machine Learning Repository (Yeh and Lien, 2009)"',
        f'source_sha256 = "{hashlib.sha256(content).hexdigest()}"',
        f"accounts = {len(data)}",
        f"accounts_overdue = {len(overdue)}",
        f"fitted_on = {datetime.now(UTC).date().isoformat()}",
        f"steps = {STEPS}  # per cent; every table of quantiles below has one value for each",
        "",
        "[delays]  # months of delay, -2 to 8, as the set has them: -2 unused, -1 paid in full, 0 revolving",
        f"first = {_table(_shares(data[DELAYS[0]]))}",
    ]
    for number, (before, after) in enumerate(itertools.pairwise(DELAYS), 1):
        lines += ["", f"[delays.month_{number}]  # from each state to the states of the month after"]
        for state, group in data.groupby(before):
            lines.append(f'"{state}" = {_table(_shares(group[after]))}')
    for months in range(1, LATE + 1):
        group = overdue[overdue["PAY_0"].clip(upper=LATE) == months]
        lines += ["", *_group(months, group)]
    target.write_text("\n".join(lines) + "\n", "utf-8")


def _group(months: int, group: pd.DataFrame) -> Iterable[str]:
    """Accounts as many months overdue: their figures, and how often they went on unpaid the month after."""
    paid = group["PAY_AMT1"]
    part = (paid / group["BILL_AMT2"])[(paid > 0) & (group["BILL_AMT2"] > 0)].clip(upper=1)
    rank = group[["LIMIT_BAL", "BILL_AMT1"]].corr("spearman").iloc[0, 1]
    yield f"[overdue.months_{months}]"
    yield f"accounts = {len(group)}"
    yield f"limit = {_quantiles(group['LIMIT_BAL'])}"
    yield f"balance = {_quantiles(group['BILL_AMT1'])}"
    yield f"limit_balance_rank_correlation = {rank:.4f}"
    yield f"age = {_quantiles(group['AGE'])}"
    yield f"women = {(group['SEX'] == 2).mean():.4f}"
    yield f"married = {(group['MARRIAGE'] == 1).mean():.4f}"
    yield f"paid_nothing = {(paid == 0).mean():.4f}  # of the months before"
    yield f"paid_part = {[round(float(v), 4) for v in part.quantile([s / 100 for s in STEPS])]}  # of the bill"
    yield f"unpaid_next_month = {group['class'].mean():.4f}"


def _shares(column: "pd.Series[int]") -> dict[int, float]:
    found = column.value_counts(normalize=True).sort_index()
    return {int(str(state)): round(float(share), 5) for state, share in found.items()}


def _table(shares: dict[int, float]) -> str:
    return "{ " + ", ".join(f'"{state}" = {share}' for state, share in shares.items()) + " }"


def _quantiles(column: "pd.Series[int]") -> list[int]:
    return [int(value) for value in column.quantile([step / 100 for step in STEPS])]


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else ROOT / "resources/demo/parameters.toml")
