from __future__ import annotations

import pytest

from ontology.model import Document, Extraction, Indicator, LegalBasis, Place, Project
from search.encoders.ngram import NgramEncoder
from search.engine import Engine
from search.library import Library
from search.store.workers import Limits

COUNTIES = {
    "旌德县": ("341825", "安徽省", 2024),
    "大城县": ("131025", "河北省", 2023),
    "抚宁区": ("130306", "河北省", 2024),
}


def row(name, value_text=None, level2="数量指标", line=1, **fields):
    level1 = {"满意度指标": "满意度指标", "社会效益指标": "效益指标"}.get(level2, "产出指标")
    return Indicator(
        name=name,
        level1=level1,
        level2=level2,
        value_text=value_text,
        source=Place(line=line, text=f"{level2}\t{name}\t{value_text or ''}"),
        **fields,
    )


ROWS = {
    "旌德县": (
        row("培训人数", "≥33人", operator="≥", value=33.0, unit="人", line=3),
        row("培训合格率", "≥95%", "质量指标", operator="≥", value=95.0, unit="%", line=4),
        row("服务对象满意度", "≥90%", "满意度指标", operator="≥", value=90.0, unit="%", line=5),
        row("资金发放时限", "2024年12月", "时效指标", qualitative="2024年12月", line=6),
    ),
    "大城县": (
        row("培训合格率", "≥95%", "质量指标", operator="≥", value=95.0, unit="%", line=3),
        row("培训合格率", "≥95%", "质量指标", operator="≥", value=95.0, unit="%", line=4),
        row("群众满意度", "≥98%", "满意度指标", operator="≥", value=98.0, unit="%", line=5),
        row("社会稳定", "长期稳定", "社会效益指标", qualitative="长期稳定", line=6),
    ),
    "抚宁区": (
        row("参训人员合格率", "=100%", "质量指标", operator="=", value=100.0, unit="%", line=3),
        row("成本控制", "≤5万元", "成本指标", operator="≤", value=5.0, unit="万元", line=4),
    ),
}


def county(name, rows=None):
    """A small document of a county."""
    code, province, year = COUNTIES[name]
    basis = LegalBasis("中华人民共和国就业促进法", None, None, "《中华人民共和国就业促进法》")
    return Extraction(
        source=f"{name}.txt",
        documents=(Document(name, code, province, f"{name}人社局", year, f"{name}绩效目标"),),
        projects=(
            Project(
                1, "就业补助", legal_bases=(basis,), indicators=ROWS[name] if rows is None else rows
            ),
        ),
    )


@pytest.fixture
def make():
    return county


@pytest.fixture
def indicator():
    return row


@pytest.fixture(scope="session")
def encoder():
    return NgramEncoder()


@pytest.fixture
def filled(tmp_path):
    """A library with three counties, nothing published yet."""
    with Library.open(tmp_path / "data") as library:
        fill(library)
        yield library


@pytest.fixture(scope="session")
def engine(tmp_path_factory, encoder):
    """The three counties, published; for questions only."""
    with Library.open(tmp_path_factory.mktemp("published")) as library:
        fill(library)
        library.publish(encoder)
    engine = Engine(library, encoder, Limits(seconds=2.0, rows=50, workers=1))
    yield engine
    engine.close()


def fill(library):
    for name in COUNTIES:
        text = "\n".join(each.source.text for each in ROWS[name])
        library.put(f"{name}.txt", text.encode(), county(name))
