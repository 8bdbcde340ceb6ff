"""The model: what one published document says (数据模型).

Plain frozen dataclasses, the same shape as the extraction record that ``jixiao extract``
prints. What a document does not state is ``None``; amounts of money are in yuan (元);
printed text is kept as printed. ``ontology/mapping.py`` turns these into triples and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Operator = Literal["≥", "≤", "=", ">", "<", "≈"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was printed (出处).

    ``page`` and ``line`` count from 1 in the file (``line``: line of text, or row of a
    sheet), ``row`` counts from 1 in the table; ``text`` is the printed line or row.
    """

    page: int | None = None
    line: int | None = None
    row: int | None = None
    text: str = ""
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubt about something that was read (提示): a stable code and a Chinese message."""

    code: str
    message: str
    source: Place | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A law, regulation or notice as cited in running text (引用).

    ``title`` is without its outer 《》; ``doc_no`` is normalised after GB/T 9704-2012
    §7.2.5 (皖人社发〔2021〕16号); ``article`` is the article as printed (第十五条).
    """

    title: str | None
    doc_no: str | None
    article: str | None
    as_written: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A law, regulation or notice that a project rests on (立项依据), one per project."""

    title: str | None
    doc_no: str | None
    article: str | None
    as_written: str
    source: Place = Place()


@dataclass(frozen=True, slots=True)
class Value:
    """A target value (指标值) as read from its printed text.

    ``value`` … ``value_max`` is a range; ``unit`` stays as written; ``qualitative`` holds
    the words of a value that is not a number, and then operator and numbers are ``None``.
    """

    text: str | None
    operator: Operator | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    qualitative: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator row (绩效指标) of a project or of a whole unit.

    ``level1``/``level2`` are the classes after repair, ``printed_*`` what stood on the row
    (``None``: nothing). ``confidence`` (0 … 1) is that of the class and the row together.
    """

    name: str
    level1: str | None = None
    level2: str | None = None
    printed_level1: str | None = None
    printed_level2: str | None = None
    description: str | None = None
    value_text: str | None = None
    operator: Operator | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    qualitative: str | None = None
    weight: float | None = None
    direction: str | None = None
    basis: str | None = None
    actual_text: str | None = None
    confidence: float = 1.0
    source: Place = Place()


@dataclass(frozen=True, slots=True)
class Project:
    """A budget project (项目) with its funds, goal, legal bases and indicators.

    ``disbursement_plan`` (资金支出计划) maps the month to the cumulative percentage.
    """

    seq: int
    name: str
    code: str | None = None
    competent_department: str | None = None
    implementing_unit: str | None = None
    period_text: str | None = None
    budget_yuan: float | None = None
    fiscal_funds_yuan: float | None = None
    other_funds_yuan: float | None = None
    carryover_yuan: float | None = None
    goal_text: str | None = None
    disbursement_plan: Mapping[str, float] | None = None
    legal_bases: tuple[LegalBasis, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    source: Place = Place()


@dataclass(frozen=True, slots=True)
class UnitGoal:
    """The performance goal of a whole department or unit (部门整体绩效目标)."""

    indicators: tuple[Indicator, ...] = ()
    goal_text: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A published document (绩效目标文本): whose it is, for which place and budget year."""

    region: str | None = None
    region_code: str | None = None
    province: str | None = None
    department: str | None = None
    year: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one file: the extraction record (抽取结果)."""

    source: str
    documents: tuple[Document, ...] = ()
    unit_goal: UnitGoal | None = None
    projects: tuple[Project, ...] = ()
    warnings: tuple[Issue, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape that ``jixiao extract`` prints."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Extraction:
        """Read back what :meth:`to_dict` gave."""
        unit_goal = data.get("unit_goal")
        return cls(
            source=data["source"],
            documents=tuple(Document(**each) for each in data["documents"]),
            unit_goal=unit_goal
            and UnitGoal(
                indicators=_indicators(unit_goal["indicators"]),
                goal_text=unit_goal.get("goal_text"),
            ),
            projects=tuple(_project(each) for each in data["projects"]),
            warnings=tuple(
                Issue(**{**each, "source": _place(each.get("source"))}) for each in data["warnings"]
            ),
        )


def _place(data: Mapping[str, Any] | None) -> Place | None:
    return Place(**data) if data else None


def _indicators(rows: list[dict[str, Any]]) -> tuple[Indicator, ...]:
    return tuple(Indicator(**{**row, "source": Place(**row["source"])}) for row in rows)


def _project(data: Mapping[str, Any]) -> Project:
    bases = tuple(
        LegalBasis(**{**each, "source": Place(**each["source"])}) for each in data["legal_bases"]
    )
    return Project(
        **{
            **data,
            "source": Place(**data["source"]),
            "legal_bases": bases,
            "indicators": _indicators(data["indicators"]),
        }
    )
