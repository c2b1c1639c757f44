"""The best three answers at a key press: at most 30 ms (issue of the live call)."""

from collections.abc import Callable
from typing import Any

import pytest

from collector_desk.packs.objections import shipped_index


@pytest.mark.parametrize(
    "typed",
    [
        "没钱",
        "wo xian zai mei you qian huan",
        "my salary has not come and rent is due",
        "我刚从外地回来还没坐下，你说的事情我知道，可是老板到现在工资都没给大家发，我们几十个人都等着呢",
    ],
)
def test_finding_an_answer(benchmark: Callable[..., Any], typed: str) -> None:
    benchmark(shipped_index("zh_CN").find, typed)
