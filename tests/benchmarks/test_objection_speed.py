"""The best three answers at a key press: at most 30 ms (issue of the live call)."""

from collections.abc import Callable
from typing import Any

import pytest

from collector_desk.packs.objections import shipped_index


@pytest.mark.parametrize(
    "typed", ["没钱", "wo xian zai mei you qian huan", "my salary has not come and rent is due"]
)
def test_finding_an_answer(benchmark: Callable[..., Any], typed: str) -> None:
    benchmark(shipped_index("zh_CN").find, typed)
