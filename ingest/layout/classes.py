"""The class of every row, also where labels were printed on the wrong one (分类修复).

A label cell that spans many rows is often centred, and flattened to text it stands beside
a row in the middle of its block, or of the next one: 质量指标 beside 培训课时数量. What holds
is the order of the labels and what the rows say. So, where rows without a label leave room
for it, the boundaries between the blocks are decided over the whole column at once: the
best segmentation of the rows into the printed labels, in their printed order. Labels on
every row, or real spans, are believed as they stand, whatever the indicator says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout.labels import level1, level2

_FAMILY = {
    "数量": "产出",
    "质量": "产出",
    "时效": "产出",
    "成本": "产出",
    "经济成本": "成本",
    "社会成本": "成本",
    "生态环境成本": "成本",
    "环境成本": "成本",
    "经济效益": "效益",
    "社会效益": "效益",
    "生态效益": "效益",
    "环境效益": "效益",
}
_ALIKE = {"效果": "效益", "产出": "产出", "效益": "效益", "成本": "成本", "满意度": "满意度"}
_COUNT = "个人户家件份台套次场期座所处辆只头条项批卷亩页篇"

# What a row says about its class: (class, weight, in the name, in the value).
_HINTS: tuple[tuple[str, float, str | None, str | None], ...] = (
    ("数量", 1.5, r"(数|数量|次数|人次|场次|面积|份数|规模|个数|里程|长度|课时|户数|批次)$", None),
    ("数量", 1.0, None, rf"\d[\d,.]*(万)?([{_COUNT}]|人次|场次|课时|平方米|公里|吨)"),
    (
        "质量",
        2.0,
        r"(合格|达标|准确|通过|出勤|覆盖|结案|完好|优良|验收|正确|保障|规范|完成|安全)率|合规|规范性|质量|符合",
        None,
    ),
    ("质量", 0.8, r"率$", r"[\d.]+%|严格"),
    ("时效", 2.5, r"及时|时效|时间|时限|周期|进度|期限|年度任务", None),
    ("时效", 1.5, None, r"[年月]底|及时|按时|按期|规定时|日前|每年|计划.{0,4}时间"),
    ("成本", 2.5, r"成本|控制数|(补贴|补助|发放|支出|经费|收费|人均|付费)标准", None),
    ("成本", 2.0, r"经费|费用|金额|资金|成本|补[助贴]", r"\d[\d,.]*万?元|预算"),
    ("经济效益", 2.0, r"经济|增收|收入|产值|税收|利润|投入成本|负担|压力|就业.{0,4}增长", None),
    (
        "社会效益",
        1.0,
        r"社会|群众|公众|知晓|服务|素质|队伍|人才|待遇|履职|和谐|稳定|水平|能力|公平|公信|权益|利益|政府|管理",
        None,
    ),
    ("生态效益", 3.5, r"生态|环保|环境保护|绿色|节能|污染|低碳|减排", None),
    ("可持续影响", 2.5, r"持续|长期|长效|延续|健全.{0,12}制度", None),
    ("满意度", 4.0, r"满意", None),
    ("满意度", 1.0, r"投诉", None),
    ("效益", 1.5, None, r"较[高大强好]|明显|显著|提[高升]|改善|影响|程度|效果|不适用|落实$"),
)
_HINT_PATTERNS = tuple(
    (kind, weight, re.compile(name or ""), re.compile(value or ""))
    for kind, weight, name, value in _HINTS
)
_WORTH = 4.0  # what a new segmentation must gain over the printed one


@dataclass(frozen=True, slots=True)
class _Costs:
    """What it costs to take a row from the label printed on it, or next above it."""

    own: float
    above: float


_STRICT = _Costs(own=1.5, above=0.2)  # while the print is believed
_LOOSE = _Costs(own=0.4, above=0.6)  # once the labels of a table have proved misplaced


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row with the labels that stand on it; ``before``: labels alone above the row."""

    name: str
    value: str
    level1: str | None = None
    level2: str | None = None
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classed:
    """The class of a row by the standard, and how sure it is (0 … 1)."""

    level1: str | None
    level2: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Label:
    row: int  # the row it is printed on, or above
    text: str
    own: bool


def repair(rows: Sequence[Labelled]) -> list[Classed]:
    """The class of each row of one table."""
    labels = _labels(rows)
    vocabulary = _printed_families(rows)
    carried = _carried_down(rows, labels)
    chosen, confidence = carried, 0.95
    if labels and any(row.level2 is None for row in rows):
        _, gain = _segment(rows, labels, carried, _STRICT)
        if gain >= _WORTH:
            chosen, _ = _segment(rows, labels, carried, _LOOSE)
            confidence = 0.8
    level1_below: str | None = None
    result = []
    for row, label in zip(rows, chosen, strict=True):
        level1_below = row.level1 or level1_below
        text = labels[label].text if label is not None else None
        if chosen is carried and text and _contradicts(row, text, vocabulary):
            text = None
        sure = 1.0 if row.level2 is not None and text == row.level2 else confidence
        result.append(_classed(text, level1_below, vocabulary, sure))
    return result


def _contradicts(row: Labelled, label: str, vocabulary: dict[str, str]) -> bool:
    """Whether a row prints a 一级 class of its own that the 二级 label above is not part of."""
    word = level1(row.level1) if row.level1 and row.level2 is None else None
    kind = level2(label)
    return word is not None and kind is not None and _ALIKE.get(word) != _family(kind, vocabulary)


def _labels(rows: Sequence[Labelled]) -> list[_Label]:
    labels: list[_Label] = []
    for index, row in enumerate(rows):
        labels += [_Label(index, text, own=False) for text in row.before]
        if row.level2 is not None:
            labels.append(_Label(index, row.level2, own=True))
        elif row.level1 is not None and level2(row.level1):
            labels.append(_Label(index, row.level1, own=True))
    merged: list[_Label] = []
    for label in labels:
        if merged and _kind(merged[-1].text) == _kind(label.text):
            continue
        merged.append(label)
    return merged


def _kind(text: str) -> str:
    return level2(text) or text


def _carried_down(rows: Sequence[Labelled], labels: list[_Label]) -> list[int | None]:
    """For each row the label last printed on or above it."""
    result: list[int | None] = []
    last: int | None = None
    for index in range(len(rows)):
        while (last is None and labels and labels[0].row <= index) or (
            last is not None and last + 1 < len(labels) and labels[last + 1].row <= index
        ):
            last = 0 if last is None else last + 1
        result.append(last)
    return result


def _segment(
    rows: Sequence[Labelled], labels: list[_Label], carried: list[int | None], costs: _Costs
) -> tuple[list[int | None], float]:
    """The best segmentation of the rows into the labels in order, and its gain."""
    own = {label.row: index for index, label in enumerate(labels) if label.own}
    scores = [[_score(row, label.text) for label in labels] for row in rows]

    def cost(row: int, label: int) -> float:
        if row in own:
            return 0.0 if own[row] == label else costs.own
        return 0.0 if carried[row] == label else costs.above

    never = float("-inf")
    best = [[never] * len(labels) for _ in rows]
    same = [[False] * len(labels) for _ in rows]
    for row in range(len(rows)):
        for label in range(min(row + 1, len(labels))):
            stay = best[row - 1][label] if row else never
            step = (
                best[row - 1][label - 1]
                if row and label
                else (0.0 if not row and not label else never)
            )
            same[row][label] = stay >= step
            best[row][label] = max(stay, step) + scores[row][label] - cost(row, label)
    total = best[-1][-1]
    if total == never:
        return carried, 0.0
    path: list[int | None] = []
    label = len(labels) - 1
    for row in range(len(rows) - 1, -1, -1):
        path.append(label)
        if row and not same[row][label]:
            label -= 1
    path.reverse()
    printed = sum(scores[row][label] for row, label in enumerate(carried) if label is not None)
    return path, total - printed


def _score(row: Labelled, label: str) -> float:
    kind = _kind(label)
    kind = "成本" if kind.endswith("成本") else "满意度" if kind.endswith("满意度") else kind
    total = 0.0
    for hinted, weight, name, value in _HINT_PATTERNS:
        applies = hinted == kind or (
            hinted == "效益" and (kind.endswith("效益") or kind.startswith("可持续"))
        )
        if hinted == "可持续影响" and kind.startswith("可持续"):
            applies = True
        if not applies:
            continue
        if name.search(row.name) and value.search(row.value):
            total += weight
    return total


def _printed_families(rows: Sequence[Labelled]) -> dict[str, str]:
    """The 一级 words this table prints, by what they mean (效益 → 效果)."""
    words = (level1(row.level1) for row in rows if row.level1)
    return {_ALIKE[word]: word for word in words if word in _ALIKE}


def _classed(
    label: str | None, printed1: str | None, vocabulary: dict[str, str], confidence: float
) -> Classed:
    if label is None:
        word = level1(printed1) if printed1 else None
        return Classed(f"{word}指标" if word else printed1, None, confidence)
    kind = level2(label)
    if kind is None:  # a word of no standard: stays as printed
        word = level1(printed1) if printed1 else None
        return Classed(f"{word}指标" if word else printed1, label, confidence)
    family = _family(kind, vocabulary)
    return Classed(f"{vocabulary.get(family, family)}指标", _level2_name(kind), confidence)


def _family(kind: str, vocabulary: dict[str, str]) -> str:
    if kind == "成本" and "成本" in vocabulary:
        return "成本"
    if kind.startswith("可持续"):
        return "效益"
    return _FAMILY.get(kind, "满意度")


def _level2_name(kind: str) -> str:
    return "可持续影响指标" if kind.startswith("可持续") else f"{kind}指标"
