"""Document numbers (文号), orders (令) and announcements (公告) in running text.

The GB form of a number is 发文机关代字〔year〕number号 (GB/T 9704-2012 §7.2.5). Print departs
from it in brackets, widths, blanks, and in leaving out 号; where the 发文机关代字 begins inside a
sentence is not marked at all and is decided here, from the words that may stand before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_D = "[0-9０-９]"
_W = r"[\s\u200b]{0,6}"
_CJK = r"\u4e00-\u9fff"
_CN_DIGITS = "〇零一二三四五六七八九十百千两"
_OPEN, _CLOSE = r"〔【\[［（(〈〖{｛﹝﹙<＜", r"〕】\]］）)〉〗}｝﹞﹚>＞"
_ROUND = "（()）﹙﹚<＜"
_YEAR = rf"{_D}(?:\s{{0,2}}{_D}){{3}}"
_SERIAL = rf"{_D}(?:\s{{0,2}}{_D}){{0,4}}(?:\s?[-－—–]\s?{_D}{{1,3}})?"
# 号 that counts houses, lines or machines is no document number.
_NOT_A_HOUSE = (
    r"(?![楼线院机厅店街路门库房井车船泵坝闸桥洞站台栋幢厂矿宗])(?!地块|公路|住宅|小区|卡)"
)
_HAO = rf"{_W}[号號]{_NOT_A_HOUSE}"
# What may follow a number that was printed without its 号.
_END = rf"(?={_W}(?:$|[）)】\]］〕〉》，,。；;、：:！|\t“”\"'《和及与等文精要]))"

_BRACKETED = re.compile(
    rf"(?:(?P<open>[{_OPEN}]){_W}(?P<year>{_YEAR}){_W}年?{_W}(?P<close>[{_CLOSE}])?"
    rf"|(?<![0-9０-９])(?P<year2>{_YEAR}){_W}(?P<close2>[〕】\]］]))"
    rf"{_W}第?{_W}(?:(?P<serial>{_SERIAL}){_HAO}|(?P<open_serial>{_D}{{1,5}}){_END})"
)
_JOINT = re.compile(rf"{_W}[、和及与]{_W}第?(?P<serial>{_D}{{1,5}}){_HAO}")
_NUMERAL = rf"{_D}(?:\s?{_D}){{0,4}}|[{_CN_DIGITS}]{{1,8}}"
_YEAR_PART = rf"(?:[（(〔\[]?(?P<year>{_YEAR})[）)〕\]]?{_W}年{_W})?"
_ORDER = re.compile(
    rf"(?P<kind>令|公告|通告){_W}[（(]?{_YEAR_PART}(?P<di>第)?{_W}"
    rf"(?:(?P<serial>{_NUMERAL}){_HAO}|(?P<open_serial>{_D}{{2,4}}){_END})"
)
_ORDER_LAST = re.compile(
    rf"{_YEAR_PART}(?P<di>第)?{_W}(?P<serial>{_NUMERAL}){_W}号{_W}(?P<kind>令|公告|通告)"
)
# × and X stand for a place that was made anonymous: X办发〔2022〕15号.
_RUN = re.compile(rf"(?:[{_CJK}×ＸX]|[（(][{_CJK}]{{1,3}}[）)])+$")
_PARTIAL = re.compile(rf"(?<![0-9０-９第.月〕】\]）)])(?P<serial>{_D}{{1,4}}){_W}号{_NOT_A_HOUSE}")

# Words that end before a 发文机关代字 begins; two characters at least must be left of it.
_LEAD = re.compile(
    r"^.*(?:(?:通知|意见|条例|办法|规定|规程|细则|方案|规划|批复|决定|精神|要求|文件|号文|第[一二三四五六七八九十百]{1,6}[条款项])"
    r"[和及与或]?|根据|依据|按照|依照|遵照|参照|对照|落实|贯彻|执行|转发|印发|下发|下达|文号|字号|以及|关于|详见|的|等)(?=.{2})"
)
_ORGAN = re.compile(
    r"^.*(?:人民政府|政府|委员会|管委会|办公室|办公厅|党组|国务院|[组宣统]\S部|财政部|教育部|民政部"
    r"|水利部|农业农村部|交通运输部|社会保障部|住房城乡建设部|城乡建设部|生态环境部"
    r"|自然资源部|商务部|旅游部|科技部|科学技术部|司法部|公安部|信息化部|应急管理部|事务部"
    r"|厅|局|[省市县区州]委|党工?委|发改委|改革委|卫健委|健康委|卫计委|国资委|住建委|经信委"
    r"|联合会|总工会|法院|检察院)(?=.{2})"
)
_LEAD_CHARS = re.compile(
    r"^(?:[按据见以]|由(?!由)|经(?![信发贸开济科])|对(?!外)|依(?![安兰])|并)(?=.{2})"
)
# 和县 and the like begin with these too: they are words only after another basis.
_AND = re.compile(r"^[和与及或](?=.{2})")
_AFTER_DIGIT = re.compile(r"^[年月日号](?=.{2})")
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新"
_KNOWN_HEAD = re.compile(
    rf"[{_PROVINCES}]|国|中|财|教|人社|发改|民发|民函|农|水|建|卫|文旅|组通|厅字"
)
_LONGEST_ISSUER = 12
# Things that carry a year in brackets and a serial and are no documents to rest on.
_NO_ISSUER = re.compile(
    r"(?:合同|协议|书|编号|号码|备案|证|许可|招标|采购|计划|标段|附件|附表|附图|批次|表|图|第|期|卷|册|号|届|[A-Za-z0-9-])$"
)
_PROSE = re.compile(r"(?:资金|经费|补助|补贴|项目|工程|工作|数量|人数|金额)$")
# Words that end in front of a number that has no 发文机关代字: 根据[2019]65 号.
_NOT_ISSUER = re.compile(
    r"(?:根据|依据|按照|依照|遵照|参照|执行|落实|转发|印发|下发|下达|文件|文号|通知|意见|办法|规定|方案|要求"
    r"|条例|精神|以及|关于|详见|的|等)$|^[按据依见由经及和与或]$"
)
_TYPE_CHARS = "发函字规秘办电通批复文指综预社教农建资行企金税法政财库采监绩债外人"
_ORGAN_END = re.compile(
    r"(?:国务院|主席|部|委|委员会|署|局|厅|政府|银行|法院|检察院|常务委员会|军委|办公室|联合会|总工会)$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A document number (文号) found in a text, at ``text[start:end]``, in its GB form."""

    start: int
    end: int
    doc_no: str


def find_numbers(text: str) -> tuple[Number, ...]:
    """All document numbers, orders and announcements, in order, without overlaps."""
    found = sorted([*_bracketed(text), *_orders(text)], key=lambda each: (each.start, -each.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return tuple(kept)


def normalise_doc_no(text: str) -> str | None:
    """The GB form of the first number in ``text``, or ``None`` where there is none."""
    found = find_numbers(text)
    if found:
        return found[0].doc_no
    partial = _PARTIAL.fullmatch(text.strip())
    return f"{_digits(partial['serial'])}号" if partial else None


def find_partials(text: str) -> tuple[Number, ...]:
    """Serials that stand for a whole number in a project's name: …补助资金 174 号—上级."""
    whole = find_numbers(text)
    return tuple(
        Number(match.start(), match.end(), f"{_digits(match['serial'])}号")
        for match in _PARTIAL.finditer(text)
        if not any(number.start <= match.start() < number.end for number in whole)
    )


def _bracketed(text: str) -> Iterator[Number]:
    previous: Number | None = None
    stem = ""
    for match in _BRACKETED.finditer(text):
        number, issuer = _read_bracketed(text, match, previous, stem)
        if number is None:
            continue
        yield number
        previous = number
        stem = issuer
        year = number.doc_no[number.doc_no.index("〔") : number.doc_no.index("〕") + 1]
        while joint := _JOINT.match(text, previous.end):
            doc_no = f"{issuer}{year}{_digits(joint['serial'])}号"
            previous = Number(joint.start("serial"), joint.end(), doc_no)
            yield previous


def _read_bracketed(
    text: str, match: re.Match[str], previous: Number | None, stem: str
) -> tuple[Number | None, str]:
    """The number at ``match`` and its issuer, or ``None`` where it is something else."""
    nothing = (None, "")
    year = _digits(match["year"] or match["year2"])
    has_hao = match["serial"] is not None
    half_open = not (match["open"] and match["close"])
    if not "1949" <= year <= "2049" or (half_open and not has_hao):
        return nothing
    start = _issuer_start(text, match.start())
    issuer = _compact(text[start : match.start()])
    before = text[max(0, start - 8) : start].rstrip("：: ")
    if _NO_ISSUER.search(issuer or before) or before.endswith(("编号", "合同", "号码")):
        return nothing
    round_bracket = (match["open"] or match["close2"]) in _ROUND
    if _PROSE.search(issuer) or not re.search(rf"[{_CJK}]", issuer):
        start, issuer = match.start(), ""
        if round_bracket or not has_hao:
            return nothing
        if previous and re.fullmatch(r"\s*[、和及与,，]?\s*", text[previous.end : start]):
            issuer = stem
    elif not has_hao and round_bracket and issuer[-1] not in _TYPE_CHARS:
        return nothing
    serial = _serial(match["serial"] or match["open_serial"])
    return Number(start, match.end(), f"{issuer}〔{year}〕{serial}号"), issuer


def _orders(text: str) -> Iterator[Number]:
    for match in _ORDER.finditer(text):
        start = _organ_start(text, match.start())
        if start is None or (match["open_serial"] and match["kind"] != "令"):
            continue
        if not (match["di"] or match["year"] or match["kind"] == "令"):
            continue
        yield Number(start, match.end(), _order_no(text[start : match.start()], match))
    for match in _ORDER_LAST.finditer(text):
        start = _organ_start(text, match.start())
        if start is not None:
            yield Number(start, match.end(), _order_no(text[start : match.start()], match))


def _order_no(organ: str, match: re.Match[str]) -> str:
    groups = match.groupdict()
    year = f"{_digits(groups['year'])}年" if groups["year"] else ""
    serial = _compact(groups["serial"] or groups.get("open_serial") or "")
    return f"{_compact(organ)}{groups['kind']}{year}{groups['di'] or ''}{serial}号"


def _organ_start(text: str, end: int) -> int | None:
    """Where the organs begin whose order or announcement starts at ``end``, if any do.

    Several organs may stand side by side (财政部 税务总局).
    """
    start: int | None = None
    while True:
        separators = re.compile(r"[\s、]*$" if start is not None else r"\s*$")
        window = text[max(0, end - 40) : end]
        gap = separators.search(window)
        run = _RUN.search(window[: gap.start() if gap else len(window)])
        if run is None or not _ORGAN_END.search(run.group()):
            return start
        organ = _without_lead(run.group(), before=_char_before(window, run))
        end = end - len(window) + run.end() - len(organ)
        if len(organ) < 2 or (start is not None and len(organ) > 20):
            return start
        start = end
        if len(organ) < len(run.group()):
            return start


def _issuer_start(text: str, end: int) -> int:
    """Where the 发文机关代字 begins that ends before the year's bracket at ``end``."""
    base = max(0, end - 40)
    window = text[base:end].rstrip(" \u3000\u00a0\r\n")
    run = _RUN.search(window)
    if run is None:
        return end
    if kind := re.search(r"(?:令|公告|通告)$", run.group()):
        organ = _organ_start(text, base + run.start() + kind.start())
        if organ is not None:
            return organ
    issuer = _trim_issuer(run.group(), before=_char_before(window, run))
    if _NOT_ISSUER.search(issuer):
        return end
    start = run.end() - len(issuer)
    if len(issuer) == len(run.group()) <= 2:
        start = _over_blank(window, start)
    return base + start


def _over_blank(window: str, start: int) -> int:
    """Go on to the left over a blank that the layout put into a 发文机关代字 (皖人 社发)."""
    before = window[:start].rstrip(" \u3000\u00a0\r\n")
    run = _RUN.search(before)
    if len(before) == start or run is None:
        return start
    alone = len(run.group()) <= 3 and not _ORGAN_END.search(run.group())
    if alone and (start + 1 == len(window) or run.group()[0] in _PROVINCES):
        return run.start()
    return start


def _trim_issuer(run: str, *, before: str) -> str:
    issuer = _without_lead(run, before=before)
    opened = re.match(rf"^[{_CJK}]*[（(][{_CJK}]+[）)](?=.)", issuer)
    if opened and _KNOWN_HEAD.match(issuer[opened.end() :]):
        issuer = issuer[opened.end() :]
    if not issuer.endswith(("纪要", "会议")):
        issuer = _ORGAN.sub("", issuer)
    if len(issuer) > _LONGEST_ISSUER:
        tail = issuer[-8:]
        heads = [index for index, char in enumerate(tail[:-1]) if char in _PROVINCES]
        issuer = tail[heads[-1] :] if heads else issuer[-_LONGEST_ISSUER:]
    return issuer


def _without_lead(run: str, *, before: str) -> str:
    if before.isdigit():
        run = _AFTER_DIGIT.sub("", run)
    run = _LEAD_CHARS.sub("", _LEAD.sub("", run))
    after_basis = before.isdigit() or (before and before in "》〉）)】]号条款")
    return _AND.sub("", run) if after_basis else run


def _char_before(window: str, run: re.Match[str]) -> str:
    """The character printed before ``run``, blanks left out, or nothing."""
    return window[: run.start()].rstrip()[-1:]


def _compact(text: str) -> str:
    """Half-width digits and no blanks; Chinese brackets inside an issuer stay."""
    text = "".join(unicodedata.normalize("NFKC", c) if c.isdigit() else c for c in text)
    return re.sub(r"[\s\u200b]+", "", text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def _serial(text: str) -> str:
    """The serial without leading zeros (GB/T 9704: 不编虚位)."""
    first, dash, rest = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).partition("-")
    if not dash:
        first, dash, rest = re.sub(r"[—–]", "-", first).partition("-")
    return f"{first.lstrip('0') or '0'}{dash}{rest}"
