"""Units of measure in print (计量单位), and numbers that are dates instead."""

from __future__ import annotations

import re

_NOUN = (
    r"百分比|个?百分点|[%‰]|人次|人日|人天|人月|课时|学时|场次|批次|车次|班次|频次|户次|架次|台次|件次|例次|轮次|工作日"
    r"|个工作日|个月|个|人|名|位|户|家|次|场|期|批|项|件|份|册|本|套|台|辆|架|艘|部|张|幅|篇|条|座|栋|幢|处|所|间|套|只|头|羽"
    r"|匹|株|棵|粒|盏|盆|块|片|根|支|枚|门|节|类|种|组|对|队|支队|班|届|轮|天|日|周|星期|年|季度|月|小时|分钟|秒|时|分|级|岁"
    r"|元|角|美元|吨|公斤|千克|克|斤|两|公里|千米|米|里|厘米|毫米|亩|公顷|平方公里|平方千米|平方米|平米|立方米|方|升|毫升|度"
    r"|千瓦时?|兆瓦|兆瓦时|千伏安?|吉瓦|[kK][mMgGwWvV]h?|dB|[GMT]B|[GM]W·?h?|[μm]?g|m?L|[ckm]?m[²³23]?|㎡|㎥|t|h|d|微克|毫克|℃|万?字|字|页|幅"
    r"|村|镇|乡|县|区|市|社区|街道|学校|医院|企业|例|起|宗|桩|案|单|票|笔|户数|床|床位|张床|标段|标准|倍|成|折|平方|立方|卷|盒|箱|包|瓶|袋|桶|车|趟|圈"
)
_SCALE = r"(?:百万|千万|十万|万|亿|千|百)?"
_KNOWN = re.compile(rf"{_SCALE}(?:{_NOUN})")
_SCALE_ONLY = re.compile(r"(?:百万|千万|十万|万|亿|千|百)(?![\u4e00-\u9fff])|万|亿")
_PER = re.compile(
    rf"(?:(?:/|每)(?:\d{{1,4}}(?=[\u4e00-\u9fff]))?|[·*.•](?=[\u4e00-\u9fff])){_SCALE}"
    r"(?:[cm]?m[23²³]|[\u4e00-\u9fffA-Za-z²³㎡]{1,5}?)"
    r"(?=[/·*.•每（(]|以|左|内|之|及|或|$|[-~—至到，,；;])"
)
_BRACKET = re.compile(r"[（(]([^（）()\d含]{1,3})[）)]")
_STOP = re.compile(
    r"以上|以下|以内|之内|及以上|及以下|或以上|左右|上下|内(?=$|[（(])|[-–—~～至到](?=\d)|[，,；;、。：:\s≥≤<>=（(\d且]"
)
# Words that say what happens to the counted things, not what is counted.
_DOING = re.compile(
    r"完成|参加|及时|到位|发放|达到|达标|按|合格|通过|开展|建成|验收|拨付|无|全部|保障|覆盖|落实|执行|支付|满意|完好|准确|符合|享受|应|前|后"
)
# 16-59周岁参保人数 names a measure; no unit ends like that.
_MEASURED = re.compile(r"(?:人数|次数|数量|率|满意度|时间)$")
_LONGEST_UNKNOWN = 6
# A Chinese numeral measures only before one of these: 三级, 一类, 一批 rank or are vague.
_COUNTED = re.compile(
    rf"{_SCALE}(?:人次|人|名|位|户|家|次|场次|场|项|件|份|册|套|台|辆|个工作日|个月|个|天|日|周|小时|分钟|课时|学时|元|亩|公里|米|吨|平方米|所|座|处|条|篇|支|只|头|株|成|年|倍)"
    r"(?:[/每][\u4e00-\u9fff]{1,3})?(?=$|以|之?内|左右|上下|及以|[-~—至到（(])"
)
# 2024.12 and 20241231 are dates unless a sign makes them numbers (<1955.01人).
_DIGITS_OF_DATE = re.compile(
    r"(?:19|20)\d{2}\s?[-./]\s?(?:0?[1-9]|1[0-2])(?!\d)|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
)
_DATE = re.compile(
    r"(?:19|20)\d{2}\s?年\s?(?:0?[1-9]|1[0-2])(?!\d)"
    r"|\d\s?月|(?<!个)月\s?[底末初中]|年\s?[底末初中内]|[日号]\s?[之以]?前|半年|第?[一二三四1-4]季度[末底前内]"
)


def read_unit(text: str, position: int, *, chinese: bool) -> tuple[str | None, int]:
    """The unit at ``position`` as written, and where it ends.

    After a Chinese numeral only what is surely counted is a unit. Words that do not belong
    to the unit (100%完成) are passed over.
    """
    while text[position : position + 1].isspace():
        position += 1
    if chinese:
        counted = _COUNTED.match(text, position)
        return (counted.group(), counted.end()) if counted else (None, position)
    known = _KNOWN.match(text, position) or _SCALE_ONLY.match(text, position)
    end = known.end() if known else position
    while (known or not text[end + 1 : end + 2].isdigit()) and (per := _PER.match(text, end)):
        end = per.end()
    stop = _STOP.search(text, end)
    rest_end = stop.start() if stop else len(text)
    rest = text[end:rest_end]
    if rest:
        if _MEASURED.search(rest):
            return None, position
        if _DOING.search(rest):
            return (text[position:end].strip() or None, rest_end) if known else (None, end)
        if rest_end - position > _LONGEST_UNKNOWN + 2 * bool(known) or not re.match(
            r"[\u4e00-\u9fff/]", rest
        ):
            return (text[position:end].strip() or None, end)
        end = rest_end
    return _with_bracket(text, position, end)


def _with_bracket(text: str, start: int, end: int) -> tuple[str | None, int]:
    """次（场） is one unit, and 5（次） has its unit in brackets."""
    bracket = _BRACKET.match(text, end)
    if bracket is None:
        return re.sub(r"\s", "", text[start:end]) or None, end
    if start == end:
        return bracket[1], bracket.end()
    return re.sub(r"\s", "", text[start : bracket.end()]), bracket.end()


def is_dated(text: str, unit: str | None, value: float, *, signed: bool) -> bool:
    """Whether the number is a date, deadline or year (2024年, 12月, 12月31日, 10日前).

    ``signed``: a printed sign makes 12月 twelve months and 25日 a span.
    """
    if not signed and _DIGITS_OF_DATE.match(text):
        return True
    if unit is None:
        return not signed and bool(_DATE.match(text))
    if unit.startswith("年") and 1949 <= value <= 2100:
        return True
    if unit in ("月", "日", "号"):
        return not signed
    return unit != "个月" and bool(_DATE.search(text))
