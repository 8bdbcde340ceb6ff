"""Values in printed units come to one base unit, exactly, and unknown units are left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.iri import NS
from ontology.quantity import Quantity, find_unit, normalise
from ontology.terms import scheme

UNITS = sorted({word for each in scheme("units") for word in (each.label, *each.alt)})
SIMPLE = [word for word in UNITS if (unit := find_unit(word)) and "-PER-" not in unit.iri]
values = st.floats(-1e12, 1e12)


@pytest.mark.parametrize(
    ("value", "unit", "base_value", "base"),
    [
        (155.0, "万元", 1550000.0, "CNY"),
        (1.1, "万元", 11000.0, "CNY"),
        (841.36, "万元", 8413600.0, "CNY"),
        (2.5, "亿元", 250000000.0, "CNY"),
        (95.0, "%", 95.0, "PERCENT"),
        (95.0, "百分比", 95.0, "PERCENT"),
        (95.0, "％", 95.0, "PERCENT"),
        (5.0, "‰", 0.5, "PERCENT"),
        (2.0, "个百分点", 2.0, "PERCENT-POINT"),
        (9.8, "万人", 98000.0, "PERSON"),
        (3.0, "人（次）", 3.0, "PERSON-TIME"),
        (3.0, "年", 36.0, "MONTH"),
        (28.0, "课时", 28.0, "LESSON"),
        (5.0, "㎡", 5.0, "SQUARE-METRE"),
        (3560.0, "元/人/月", 3560.0, "CNY-PER-PERSON-PER-MONTH"),
        (3560.0, "元／人／月", 3560.0, "CNY-PER-PERSON-PER-MONTH"),
        (3560.0, "元每人每月", 3560.0, "CNY-PER-PERSON-PER-MONTH"),
        (3560.0, "元/(人·月)", 3560.0, "CNY-PER-PERSON-PER-MONTH"),
        (3560.0, "元/月/人", 3560.0, "CNY-PER-PERSON-PER-MONTH"),
        (3.0, "人/次", 3.0, "PERSON-TIME"),
        (3.0, "个（处）", 3.0, "PIECE"),
        (1.2, "万元/户", 12000.0, "CNY-PER-HOUSEHOLD"),
        (3.0, "mg/L", 3.0, "MG-PER-LITRE"),
    ],
)
def test_base_quantities(value: float, unit: str, base_value: float, base: str) -> None:
    quantity = normalise(value, unit)
    assert (quantity.value, quantity.unit_iri) == (base_value, f"{NS}unit-{base}")


@pytest.mark.parametrize("unit", [None, "", "%贷款总量", "元/某物", "哈", "/", "人/"])
def test_unknown_units_keep_the_number(unit: str | None) -> None:
    assert normalise(0.95, unit) == Quantity(0.95)


def test_a_unit_without_a_number() -> None:
    assert normalise(None, "万元") == Quantity(None, f"{NS}unit-CNY", "money")


@given(values, st.sampled_from(UNITS))
def test_the_base_is_a_fixed_point(value: float, word: str) -> None:
    unit = find_unit(word)
    assert unit
    once = normalise(value, word)
    assert once.value is not None
    assert normalise(once.value, unit.base_label) == once


@given(values, values, st.sampled_from(UNITS))
def test_order_is_kept(one: float, other: float, word: str) -> None:
    low, high = sorted((one, other))
    first, second = normalise(low, word).value, normalise(high, word).value
    assert first is not None
    assert second is not None
    assert first <= second


@given(values, st.sampled_from(SIMPLE), st.sampled_from(SIMPLE))
def test_a_compound_scales_like_its_numerator(value: float, above: str, below: str) -> None:
    unit, part = find_unit(f"{above}/{below}"), find_unit(above)
    if unit is None or "/" in above or "/" in below:
        return
    assert part
    if unit.iri.startswith(f"{part.iri}-PER-"):
        assert unit.factor == part.factor
        assert normalise(value, f"{above}/{below}").value == normalise(value, above).value


def test_conversion_factors_are_positive_and_one_step() -> None:
    by_iri = {unit.iri: unit for word in UNITS if (unit := find_unit(word))}
    assert len(by_iri) > 200
    for unit in by_iri.values():
        assert unit.factor > Decimal(0)
        assert by_iri[unit.base].base == unit.base
        assert by_iri[unit.base].kind == unit.kind
