"""The words that label columns, fields and classes, with their provincial variants (标签).

Labels are compared without blanks, brackets and their remarks: 指标值（包含数字） is 指标值.
The words of columns and fields stand in ``labels.toml``.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from ingest.text import fold, without_brackets


class Column(StrEnum):
    """What a column of an indicator table holds (列)."""

    SECTION = "section"  # 绩效指标, the vertical label of the whole block
    SEQ = "seq"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "name"
    DESCRIPTION = "description"
    CRITERION = "criterion"
    OPERATOR = "operator"
    VALUE = "value"
    INTERIM = "interim"
    PAST = "past"
    LONG_TERM = "long_term"
    ACTUAL = "actual"
    UNIT = "unit"
    WEIGHT = "weight"
    SCORE = "score"
    DIRECTION = "direction"
    BASIS = "basis"
    REMARK = "remark"
    ORGANISATION = "organisation"
    PROJECT = "project"
    CODE = "code"
    BUDGET = "budget"
    GOAL = "goal"
    OTHER = "other"  # a label that is not known


class Field(StrEnum):
    """What a key in the head of a form names (表头字段)."""

    PROJECT = "project"
    CODE = "code"
    COMPETENT = "competent_department"
    IMPLEMENTING = "implementing_unit"
    UNIT_NAME = "unit_name"
    PERIOD = "period_text"
    BUDGET = "budget_yuan"
    FISCAL = "fiscal_funds_yuan"
    OTHER_FUNDS = "other_funds_yuan"
    CARRYOVER = "carryover_yuan"
    FUNDS = "funds"
    PURPOSE = "purpose"
    PLAN = "disbursement_plan"
    GOAL = "goal_text"
    BASIS = "legal_basis"
    OVERVIEW = "overview"
    TASKS = "tasks"
    OTHER = "other"


def _patterns(kind: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(words)) for name, words in _WORDS[kind].items()}


_WORDS = tomllib.loads(files("ingest.layout").joinpath("labels.toml").read_text("utf-8"))
_COLUMNS = _patterns("columns")
_FIELDS = _patterns("fields")

_LEVEL1 = re.compile(
    r"(?:[一二三四五六][、.])?(?:项目|单位|部门|年度|整体|资金)?"
    r"(产出|效益|效果|满意度|成本|决策|过程|管理|投入|履职效能|运行成本|管理效率|社会效应|履职|"
    r"产出与效益|影响力?)"
    r"(?:类)?(指标|目标|情况)?\d{0,2}(?:分|%)?"
)
_LEVEL2_SUBJECT = (
    r"数量|质量|时效|成本|经济成本|社会成本|生态环境成本|环境成本|经济效益|社会效益|生态效益|环境效益|"
    r"可持续(?:性)?(?:影响|发展)?(?:力)?|"
    r"(?:服务对象|社会公众|受益对象|受益群体|群众|公众|社会)?(?:或.{2,8})?满意度"
)
_LEVEL2 = re.compile(
    rf"(?:[一二三四五六\d]+[、.])?(?:产出|项目)?({_LEVEL2_SUBJECT})(?:类)?"
    r"(指标|目标)?\d{0,2}(?:分|%)?"
)
_STANDARD_LEVEL2 = tuple(
    f"{subject}指标"
    for subject in (
        *("数量", "质量", "时效", "成本", "经济成本", "社会成本", "生态环境成本"),
        *("经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度", "满意度"),
    )
)
_ORDINAL = re.compile(r"^[一二三四五六七八九十\d]{1,3}[、.．]")


@lru_cache(maxsize=65536)
def _key(text: str) -> str:
    return without_brackets(fold(text)).strip(":：;；*★☆ ")


def _match(kinds: dict[str, re.Pattern[str]], text: str) -> list[str]:
    if len(text) > 40:
        return []
    key = _key(text)
    if not key:
        return []
    keys = {key, _ORDINAL.sub("", key), fold(text).strip(":：")}
    return [kind for kind, pattern in kinds.items() if any(map(pattern.fullmatch, keys))]


@lru_cache(maxsize=65536)
def columns(text: str) -> tuple[Column, ...]:
    """What a header cell may label, likeliest first; empty if it is no column label."""
    return tuple(Column(kind) for kind in _match(_COLUMNS, text))


@lru_cache(maxsize=65536)
def field(text: str) -> Field | None:
    """Which field of a form's head a cell names, if it is a key at all."""
    kinds = _match(_FIELDS, text)
    return Field(kinds[0]) if kinds else None


@lru_cache(maxsize=65536)
def level1(text: str) -> str | None:
    """The class word of a 一级指标 label (产出 in 单位产出, 产出指标(50分)), or None."""
    match = _LEVEL1.fullmatch(_key(text)) if len(text) <= 24 else None
    return match and match[1]


@lru_cache(maxsize=65536)
def level2(text: str) -> str | None:
    """The class word of a 二级指标 label (数量 in 数量指标), or None."""
    match = _LEVEL2.fullmatch(_key(text)) if len(text) <= 24 else None
    return match and match[1]


@lru_cache(maxsize=65536)
def is_cut_label(text: str) -> bool:
    """Whether the text is the beginning of a standard 二级指标 label that was cut (服务对象满)."""
    return len(text) >= 3 and any(
        label.startswith(text) and label != text for label in _STANDARD_LEVEL2
    )


def says_indicator(text: str) -> bool:
    """Whether a label word is followed by 指标, as labels of classes are and names seldom."""
    return "指标" in text or "目标" in text
