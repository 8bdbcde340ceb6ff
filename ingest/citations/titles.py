"""Titles in 《》 (书名号) and which of them name a document that one can rest on.

Newspapers, certificates, contracts and forms stand in 《》 as well; what tells a law, a
regulation or an official document is the word it ends in (《党政机关公文处理工作条例》
names the kinds), the 关于 it begins with, or a document number beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.text import clean

_MARK = re.compile(r"《|》|〈|〉|<<|>>|＜＜|＞＞|[。；;|\t]|\n\s*\n")
_OPENING = {"《", "<<", "＜＜", "〈"}
_CLOSING = {"》", ">>", "＞＞", "〉"}
_LONGEST = 200
_DEEPEST = 6
_REMARK = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]{0,30}[）)〕\]】]$")

_KIND = (
    r"法典|宪法|[^方]法|章程|公约|条例|办法|规定|规程|细则|规则|准则|规范|标准|导则|指南|指引|意见|意见稿"
    r"|通知|通报|公告|通告|决定|决议|命令|批复|复函|函|方案|规划|计划|纲要|纪要|要点|安排|制度|预案|政策"
    r"|措施|举措|解释|条款|.{4,}目录|.{4,}清单|守则|纪律|要求|战略|行动|条约|协定|答复|机制|定额|.{2,}修正案|.{4,}名录"
)
_LEGAL_END = re.compile(rf"(?:{_KIND})$")
_OTHER_END = re.compile(
    r"(?:(?:(?<![民征])兵|书|语|文|方|(?<![预决结核])算|做|(?<!医)疗|看|说|魔|想|句|手|技|教学|无|佛|枪"
    r"|拳|戏)法|证|书|执照|(?<!通)报|合同|协议|表|杂志|期刊|月刊|周刊|教材|课本|手册|画册|名册|报告|台账"
    r"|台帐|通知单|说明|公开信|明白[纸卡]|汇编|选编|文集|文选|选集|词典|字典|年鉴|志|史|论|学|传|记|诗|歌"
    r"|曲|剧|舞|赋|备忘录|发票|单据|凭证|专刊|内参|节目|栏目|影片|电影|片|图|卡"
    r"|(?:办事|服务|报考|旅游|使用|操作|投资|消费|避险|就业)指南|(?:图书|档案|课程|物资|采购|设备|购书)(?:目录|清单))$"
)
# A type word alone refers back to a document named before: 以下简称《办法》.
_BACK_REFERENCE = re.compile(
    r"(?:本|该|此|上述)?(?:\d{4}年度?)?(?:中央|国家|省|市|县|区|地方)?"
    r"(?:实施|管理|暂行|指导|工作|若干|征求|试行|具体|年度|总体|专项|项目|采购|活动|施工|建设|培训|应急)*"
    r"(?:办法|意见|通知|规划|条例|方案|细则|规定|纲要|计划|决定|公告|通报|批复|函|标准|规范|规程|制度|目录"
    r"|清单|章程|指南|要点|政策|措施|预案|纪要|意见稿|要求|公约|准则|规则)"
)
_ALIAS = re.compile(r"(?:简称|下称|统称|又称|合称|并称|即)[：:为]?[“\"]?$")
_SHOWN = re.compile(
    r"(?:核发|领取|办理|填写|填报|填制|签订|签署|订立|刊登在|刊载于?|发表于?|刊发于?|观看|播放|拍摄|阅读|演出"
    r"|表演|编印|编排|创排|出版|订阅|征订|购买|印制|编制|编写|撰写|起草|歌曲|话剧|电影|图书|书籍|剧目|节目"
    r"|栏目|合唱|朗诵|原著)[了的]?$"
)
# A law that is printed and handed out is no basis either.
_PRINTED = re.compile(
    r"(?:等)?(?:法律|知识)?(?:读本|宣传[册单页画片品资材手]|单行本|书籍|图书|手册|海报|知识竞赛)|\s?\d+\s?[余多]?[册本份]|一书"
)
_LEAN = re.compile(
    r"(?:根据|依据|按照|依照|遵照|参照|落实|贯彻|执行|符合|按|据|依|转发|印发|出台|制定|修订)了?[\u4e00-\u9fff、]{0,24}$"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title found in a text, at ``text[start:end]``; ``words`` are it without outer 《》."""

    start: int
    end: int
    words: str


def find_titles(text: str) -> tuple[Title, ...]:
    """All outermost 《…》 with the titles nested in them; unclosed ones give what they hold."""
    found: list[Title] = []
    opened: list[re.Match[str]] = []
    inner: list[Title] = []
    for mark in _MARK.finditer(text):
        if opened and (mark.start() - opened[0].end() > _LONGEST or len(opened) > _DEEPEST):
            found += _unclosed(text, opened, inner)
            opened, inner = [], []
        sign = mark.group()
        if sign in _OPENING:
            opened.append(mark)
        elif sign in _CLOSING and opened:
            opening = opened.pop()
            title = _title(text, opening, mark)
            if not opened:
                found.append(title)
                inner = []
            elif opening.group() != "〈":
                inner.append(title)
        elif sign not in _CLOSING and opened:
            found += _unclosed(text, opened, inner)
            opened, inner = [], []
    found += _unclosed(text, opened, inner)
    return tuple(found)


def _title(text: str, opening: re.Match[str], closing: re.Match[str]) -> Title:
    words = clean(text[opening.end() : closing.start()])
    return Title(opening.start(), closing.end(), words)


def _unclosed(text: str, opened: list[re.Match[str]], inner: list[Title]) -> list[Title]:
    """What can be saved of 《 without its 》: closed titles after it, and its own first words."""
    saved = list(inner)
    for opening in opened:
        piece = re.match(
            r"[^《》〈〉。；;、，,（(|\t]{3,60}", text[opening.end() : opening.end() + 60]
        )
        if piece is None or text[opening.end() + piece.end() :][:1] not in set("、，,（(《"):
            continue
        if _LEGAL_END.search(words := clean(piece.group())) and len(words) > 4:
            saved.append(Title(opening.start(), opening.end() + piece.end(), words))
    return sorted(saved, key=lambda title: title.start)


def without_remarks(title: str) -> str:
    """The title without what stands in brackets at its end: （试行）, （2021年修订）."""
    while (shorter := _REMARK.sub("", title).rstrip()) != title:
        title = shorter
    return title


def is_alias(text: str, title: Title) -> bool:
    """Whether a title is only introduced as a short name: （以下简称《办法》）."""
    return bool(_ALIAS.search(text[max(0, title.start - 8) : title.start].rstrip()))


def is_legal(title: str, *, before: str = "", after: str = "") -> bool:
    """Whether a title without number names a document to rest on.

    ``before`` and ``after`` are what is printed around it.
    """
    words = without_remarks(title)
    if len(words) < 2 or not re.search(r"[\u4e00-\u9fff]", words):
        return False
    if words.startswith("关于") or re.match(r".{2,30}关于.{4,}的.{2,6}$", words):
        return not re.search(r"(?:合同|协议书?|公开信|倡议书)$", words)
    leant_on = bool(_LEAN.search(before[-40:]))
    if words == "政府工作报告":
        return leant_on
    if _OTHER_END.search(words) or _BACK_REFERENCE.fullmatch(words):
        return False
    if _SHOWN.search(before[-10:]) or _PRINTED.match(after):
        return False
    named = bool(_LEGAL_END.search(words)) or words.startswith("中华人民共和国")
    return named or (leant_on and len(words) >= 6)


_PROSE_END = (
    r"(?:通知|意见|办法|规定|方案|决定|批复|复函|函|通报|公告|通告|细则|规划|请示|纪要|措施)"
)
_AFTER_CHILD = re.compile(rf"[^《》〈〉。；;，,\n]{{0,30}}?的{_PROSE_END}(?:[（(]试行[）)])?")
_BEFORE_CHILD = re.compile(r"关于(?!.*关于)[^《》〈〉。；;，,]{0,24}$")
_WHOLE = re.compile(
    rf"关于[^《》。；;\n|\t]{{2,80}}?的{_PROSE_END}(?![\u4e00-\u9fff]{{0,3}}的通知)(?:[（(](?:试行|暂行)[）)])?"
)


def widen(text: str, title: Title) -> Title:
    """The whole of a title whose 《》 stand around a part only: 关于印发《…》的通知."""
    window = text[max(0, title.start - 60) : title.start]
    before = _BEFORE_CHILD.search(window)
    after = _AFTER_CHILD.match(text, title.end)
    if before is None or after is None:
        return title
    start, end = title.start - len(before.group()), after.end()
    words = clean(text[start:end])
    # A lost outer 》 leaves one bracket without its pair.
    if text[end : end + 1] == "》":
        end += 1
    if text[start - 1 : start] == "《":
        start -= 1
    return Title(start, end, words)


def title_after(text: str, position: int) -> Title | None:
    """A title printed without 《》 right after a document number: …12号关于…的通知."""
    gap = re.compile(r"\s{0,3}(?:文件?)?[：:，,\s]{0,3}").match(text, position)
    match = _WHOLE.match(text, gap.end() if gap else position)
    return Title(match.start(), match.end(), clean(match.group())) if match else None


def title_before(text: str, position: int) -> Title | None:
    """A title printed without 《》 right before the bracket of its number: 关于…的通知（…）."""
    base = max(0, position - 100)
    window = text[base:position]
    start = window.rfind("关于")
    match = _WHOLE.fullmatch(window[start:].rstrip("（( \u3000")) if start >= 0 else None
    if match is None:
        return None
    return Title(base + start, base + start + match.end(), clean(match.group()))
