from __future__ import annotations

from ingest.pipeline import understand
from ingest.readers import read_bytes


def doubted(text: str) -> list[tuple[str, int | None]]:
    extraction = understand(read_bytes(text.strip("\n").encode(), "表.txt"))
    return [
        (issue.code, issue.source.line if issue.source else None) for issue in extraction.warnings
    ]


def test_missing_values_cut_names_and_slipped_values_are_doubted_at_their_line() -> None:
    assert doubted(
        """
项目名称	养老保险
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	参保人数(含灵活就业	≥225816人
	质量指标	待遇发放率	≥225816人
	时效指标	发放及时率	
"""
    ) == [("name-cut", 3), ("value-implausible", 4), ("value-missing", 5)]


def test_a_sum_that_does_not_meet_the_stated_total_is_doubted() -> None:
    text = """
# 部门整体支出绩效目标表
| 部门（单位）名称 | 某市民政局 | | |
| 年度预算总额（万元） | {total} | | |

项目名称	低保
年度资金总额（万元）	100
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	保障人数	≥1人

项目名称	养老
年度资金总额（万元）	50.5
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	床位数	≥1张
"""
    assert doubted(text.format(total="170.5")) == [("sum-mismatch", 1)]
    assert doubted(text.format(total="150.5")) == []
