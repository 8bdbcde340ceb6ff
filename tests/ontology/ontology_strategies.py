"""Hypothesis strategies: any extraction that the model can hold."""

from __future__ import annotations

from hypothesis import strategies as st

from ontology.model import (
    Document,
    Extraction,
    Indicator,
    Issue,
    LegalBasis,
    Place,
    Project,
    UnitGoal,
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
words = st.one_of(
    texts, st.sampled_from(["产出指标", "数量指标", "万元", "%", "正向指标", "≥95%", '"\\\n\r\t'])
)
numbers = st.floats(allow_nan=False, allow_infinity=False)
counts = st.integers(1, 10**6)


def _maybe(strategy):
    return st.none() | strategy


places = st.builds(
    Place,
    page=_maybe(counts),
    line=_maybe(counts),
    row=_maybe(counts),
    text=words,
    sheet=_maybe(words),
)
indicators = st.builds(
    Indicator,
    name=words,
    level1=_maybe(words),
    level2=_maybe(words),
    printed_level1=_maybe(words),
    printed_level2=_maybe(words),
    description=_maybe(words),
    value_text=_maybe(words),
    operator=_maybe(st.sampled_from(["≥", "≤", "=", ">", "<", "≈"])),
    value=_maybe(numbers),
    value_max=_maybe(numbers),
    unit=_maybe(words),
    qualitative=_maybe(words),
    weight=_maybe(numbers),
    direction=_maybe(words),
    basis=_maybe(words),
    actual_text=_maybe(words),
    confidence=st.floats(0, 1),
    source=places,
)
bases = st.builds(
    LegalBasis,
    title=_maybe(words),
    doc_no=_maybe(words | st.just("皖人社发〔2021〕16号")),
    article=_maybe(words),
    as_written=words,
    source=places,
)
projects = st.builds(
    Project,
    seq=st.integers(1, 4),
    name=words,
    code=_maybe(words),
    competent_department=_maybe(words),
    implementing_unit=_maybe(words),
    period_text=_maybe(words),
    budget_yuan=_maybe(numbers),
    fiscal_funds_yuan=_maybe(numbers),
    other_funds_yuan=_maybe(numbers),
    carryover_yuan=_maybe(numbers),
    goal_text=_maybe(words),
    disbursement_plan=_maybe(st.dictionaries(words, numbers, min_size=1, max_size=4)),
    legal_bases=st.lists(bases, max_size=3).map(tuple),
    indicators=st.lists(indicators, max_size=3).map(tuple),
    source=places,
)
documents = st.builds(
    Document,
    region=_maybe(words),
    region_code=_maybe(st.sampled_from(["341825", "130306", "419001", "999999"])),
    province=_maybe(words),
    department=_maybe(words),
    year=_maybe(st.integers(1, 9999)),
    title=_maybe(words),
)
extractions = st.builds(
    Extraction,
    source=words,
    documents=st.lists(documents, max_size=3).map(tuple),
    unit_goal=_maybe(
        st.builds(
            UnitGoal,
            indicators=st.lists(indicators, max_size=3).map(tuple),
            goal_text=_maybe(words),
        )
    ),
    projects=st.lists(projects, max_size=3).map(tuple),
    warnings=st.lists(
        st.builds(Issue, code=words, message=words, source=_maybe(places)), max_size=3
    ).map(tuple),
)
