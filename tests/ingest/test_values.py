"""Target values as printed, each with a hand-written expectation."""

from __future__ import annotations

import pytest

from ingest.values import is_operator, is_placeholder, looks_like_value, parse_value

# printed → (operator, value, value_max, unit)
NUMERIC = [
    ("≥33人", ("≥", 33, None, "人")),
    ("≥ 4000 万元", ("≥", 4000, None, "万元")),
    (r"$\geq 95\%$", ("≥", 95, None, "%")),
    (r"$\leqslant 5\%$", ("≤", 5, None, "%")),
    ("&ge;95%", ("≥", 95, None, "%")),
    ("≥９５％", ("≥", 95, None, "%")),
    ("≧95%", ("≥", 95, None, "%")),
    ("⩾95%", ("≥", 95, None, "%")),
    (">=95%", ("≥", 95, None, "%")),
    ("＞90分", (">", 90, None, "分")),
    ("﹤5%", ("<", 5, None, "%")),
    ("≮95%", ("≥", 95, None, "%")),
    # what scanners make of ≥ and ≤
    ("》=95%", ("≥", 95, None, "%")),
    ("》95%", ("≥", 95, None, "%")),
    ("《1", ("≤", 1, None, None)),
    ("工95%", ("≥", 95, None, "%")),
    ("之98%", ("≥", 98, None, "%")),
    ("295%", ("≥", 95, None, "%")),
    ("2100%", ("≥", 100, None, "%")),
    ("2 95%", ("≥", 95, None, "%")),
    ("250%", ("=", 250, None, "%")),
    ("工作日5个", (None, None, None, None)),
    # a bare number
    ("100%", ("=", 100, None, "%")),
    ("100 %", ("=", 100, None, "%")),
    ("10 0%", ("=", 100, None, "%")),
    ("5.00%", ("=", 5, None, "%")),
    ("95 百分比", ("=", 95, None, "百分比")),
    ("=2人", ("=", 2, None, "人")),
    ("0", ("=", 0, None, None)),
    ("1年", ("=", 1, None, "年")),
    ("24,871,801.31", ("=", 24871801.31, None, None)),
    ("12，345元", ("=", 12345, None, "元")),
    # units as written
    ("≥9.8万人", ("≥", 9.8, None, "万人")),
    ("2亿元", ("=", 2, None, "亿元")),
    ("≥3560元/人/月", ("≥", 3560, None, "元/人/月")),
    ("≥2000元/生·年", ("≥", 2000, None, "元/生·年")),
    ("≥5000元每人每年", ("≥", 5000, None, "元每人每年")),
    ("≤15.6万元/公里", ("≤", 15.6, None, "万元/公里")),
    ("≤35μg/m³", ("≤", 35, None, "μg/m³")),
    ("≤60dB", ("≤", 60, None, "dB")),
    ("≥2次/年", ("≥", 2, None, "次/年")),
    ("≥2次（场）", ("≥", 2, None, "次（场）")),
    ("≥20（个）", ("≥", 20, None, "个")),
    ("≥1000人 次", ("≥", 1000, None, "人次")),
    ("14个乡镇", ("=", 14, None, "个乡镇")),
    ("提高5个百分点", ("=", 5, None, "个百分点")),
    ("≤0.5‰", ("≤", 0.5, None, "‰")),
    ("1.5%贷款总量", ("=", 1.5, None, "%贷款总量")),
    # words for signs
    ("不低于95%", ("≥", 95, None, "%")),
    ("不少于500人", ("≥", 500, None, "人")),
    ("不得低于95%", ("≥", 95, None, "%")),
    ("大于等于3次", ("≥", 3, None, "次")),
    ("至少3次", ("≥", 3, None, "次")),
    ("100%以上", ("≥", 100, None, "%")),
    ("≥98%以上", ("≥", 98, None, "%")),
    ("95%及以上", ("≥", 95, None, "%")),
    ("95%以上（含95%）", ("≥", 95, None, "%")),
    ("达到90%以上", ("≥", 90, None, "%")),
    ("不超过30万元", ("≤", 30, None, "万元")),
    ("不高于2‰", ("≤", 2, None, "‰")),
    ("控制在5%以内", ("≤", 5, None, "%")),
    ("30日内", ("≤", 30, None, "日")),
    ("3个工作日内", ("≤", 3, None, "个工作日")),
    ("1000元以下", ("≤", 1000, None, "元")),
    ("超过100人", (">", 100, None, "人")),
    ("20余场", (">", 20, None, "场")),
    ("3万余人", (">", 3, None, "万人")),
    ("少于3起", ("<", 3, None, "起")),
    ("约120次", ("≈", 120, None, "次")),
    ("100人左右", ("≈", 100, None, "人")),
    ("近3万人", ("≈", 3, None, "万人")),
    # ranges
    ("10-20人", ("=", 10, 20, "人")),
    ("3～5天", ("=", 3, 5, "天")),
    ("80%-90%", ("=", 80, 90, "%")),
    ("80至100人", ("=", 80, 100, "人")),
    ("≥60%且≤80%", ("≥", 60, 80, "%")),
    ("90%≤满意度≤100%", ("≥", 90, 100, "%")),
    # Chinese numerals
    ("一百二十人", ("=", 120, None, "人")),
    ("不少于五人", ("≥", 5, None, "人")),
    ("两次以上", ("≥", 2, None, "次")),
    ("百分之九十五", ("=", 95, None, "%")),
    # words around a number
    ("满意度≥95%", ("≥", 95, None, "%")),
    ("完成率100%", ("=", 100, None, "%")),
    ("100%（应补尽补）", ("=", 100, None, "%")),
    ("100%完成", ("=", 100, None, "%")),
    ("每人5000元", ("=", 5000, None, "元")),
    ("每年不少于2次", ("≥", 2, None, "次")),
    ("≤12月", ("≤", 12, None, "月")),
    ("≤-3%", ("≤", -3, None, "%")),
]

QUALITATIVE = [
    "四县一区",
    "及时",
    "12月底前",
    "年底前",
    "2024年底",
    "2024年12月31日前",
    "2024年",
    "2024年度",
    "二〇二四年",
    "每年",
    "长期",
    "25日",
    "每月10日前",
    "1-12月",
    "12月31日",
    "2024-12-31",
    "20240101-20241231",
    "第一季度",
    "四季度末",
    "2024-2026年",
    "≤预算批复金额",
    "≤总成本预算数",
    "当年征缴额的2%",
    "当地最低工资标准的70%",
    "单位实际缴费或个人实际缴费的50%",
    "每人每月最高不超过当地最低工资标准或每人每月500元",
    "不超过当年征缴额的2%",
    "一年一次",
    "一网通办",
    "一式三份",
    "一批",
    "一定程度",
    "三级",
    "二等",
    "正科级",
    "5A级",
    "优良中低差",
    "不适用",
    "无",
    "是",
    "1:1",
    "2/3以上",
    "7×24小时",
    "7*24小时",
    "50人×2期",
    "18±2℃",
    "5个、10个",
    "2期，每期50人",
    "不低于2022年水平",
    "≥上年",
    "零投诉",
    "Ⅲ类",
]


@pytest.mark.parametrize(("text", "expected"), NUMERIC)
def test_numeric(text, expected):
    value = parse_value(text)
    assert (value.operator, value.value, value.value_max, value.unit) == expected
    assert (value.qualitative is None) is (value.value is not None)


@pytest.mark.parametrize("text", QUALITATIVE)
def test_qualitative(text):
    value = parse_value(text)
    assert (value.operator, value.value, value.value_max, value.unit) == (None, None, None, None)
    assert value.qualitative == value.text == text


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("100", "≥", "%"), ("≥100%", "≥", 100, "%", None)),
        (("2人", "=", None), ("=2人", "=", 2, "人", None)),
        (("9.8万", "≥", "人"), ("≥9.8万人", "≥", 9.8, "万人", None)),
        (("95%", "≥", "%"), ("≥95%", "≥", 95, "%", None)),
        (("≥95", "≥", "百分比"), ("≥95百分比", "≥", 95, "百分比", None)),
        (("99", ">=", "级"), ("≥99级", "≥", 99, "级", None)),
        (("3", "大于等于", "次"), ("≥3次", "≥", 3, "次", None)),
        (("5", "正向指标", "次"), ("5次", "=", 5, "次", None)),
        (("12", "≤", "月"), ("≤12月", "≤", 12, "月", None)),
        (("2024.12", "≤", "万元"), ("≤2024.12万元", "≤", 2024.12, "万元", None)),
        (("10-20", None, "人"), ("10-20人", "=", 10, "人", None)),
        (("95", "《", "%"), ("≤95%", "≤", 95, "%", None)),
        (("30", "≥", "/"), ("≥30", "≥", 30, None, None)),
        (("优良中低差", "定性", ""), ("优良中低差", None, None, None, "优良中低差")),
        (("较高", "≥", None), ("≥较高", None, None, None, "较高")),
        (("预算批复金额", "≤", "无"), ("≤预算批复金额", None, None, None, "预算批复金额")),
        (("", "≥", "%"), (None, None, None, None, None)),
        (("**", "≥", "人"), ("≥**人", None, None, None, None)),
    ],
)
def test_split_cells(cells, expected):
    text, operator, unit = cells
    value = parse_value(text, operator=operator, unit=unit)
    assert (value.text, value.operator, value.value, value.unit, value.qualitative) == expected


@pytest.mark.parametrize(
    "text",
    ["≥**人", "≥XX%", "XX%", "××", "＊＊＊万元", "___人", "≥", "≥ %", "（  ）人", "≥N个", "x%", "…", "≥_____人"],
)  # fmt: skip
def test_placeholders_are_no_values(text):
    assert is_placeholder(text)
    value = parse_value(text)
    assert (value.operator, value.value, value.unit, value.qualitative) == (None,) * 4


@pytest.mark.parametrize("text", ["≥95%", "及时", "按时完成……", "xx", "无", "", "1:1", "《1"])
def test_values_are_no_placeholders(text):
    assert is_placeholder(text) is (text == "xx")


@pytest.mark.parametrize("text", ["", " ", "/", "—", "——", "-"])
def test_dashes_and_blanks_say_nothing(text):
    value = parse_value(text)
    assert (value.value, value.qualitative) == (None, None)
    assert value.text == (text.strip() or None)


@pytest.mark.parametrize(
    "text", ["≥", "＝", ">=", "大于等于", "不低于", "约", "《", "=", r"$\geq$", "＜"]
)
def test_operator_cells(text):
    assert is_operator(text)


@pytest.mark.parametrize(
    "text", ["", "定性", "定量", "正向指标", "≥95", "95", "%", "约谈次数", "人", "≥人"]
)
def test_other_cells_are_no_operators(text):
    assert not is_operator(text)


@pytest.mark.parametrize(
    "text",
    ["≥95%", "100%", "=2人", "12月底前", "2024年底", "较高", "及时", "程度较高", "影响程度明显", "优良中低差", "≤预算批复金额",
     "按时完成", "≥**人", "约120次", "进一步提升", "不适用", "每人5000元", "3000份", "控制在预算内"],
)  # fmt: skip
def test_looks_like_a_value(text):
    assert looks_like_value(text) >= 0.6


@pytest.mark.parametrize(
    "text",
    ["服务对象满意度", "培训人数", "资金到位率", "补贴发放及时性", "养老保险待遇按时发放率", "16-59 周岁参保人数",
     "年末高校毕业生总体就业率", "项目总成本", "就业见习补贴月人均标准", "政策知晓率", "档案整理数量", "三公经费控制率", "近视率",
     "持续提升社会影响", "超额完成率"],
)  # fmt: skip
def test_looks_like_a_name(text):
    assert looks_like_value(text) <= 0.4
