"""Which number belongs to which title (引用的组合)."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass

from ingest.citations.numbers import Number, find_numbers, find_partials
from ingest.citations.titles import (
    Title,
    find_titles,
    is_alias,
    is_legal,
    title_after,
    title_before,
    widen,
)
from ingest.text import clean
from ontology.model import Citation

_REMARK = (
    r"(?:[（(](?:试行|暂行|修[订正]|征求意见稿"
    r"|(?:以下|下)简称[^（）()]{1,20}|\d{4}年?[^（）()]{0,8})[）)])?"
)
_DATE = r"(?:\d{4}年\d{1,2}月\d{1,2}日)?"
_GLUE = r"[\s\u200b]{0,4}"
# What may stand between a title and the number after it …
_AFTER = re.compile(
    rf"{_GLUE}{_REMARK}{_GLUE}(?:的(?:通知|意见|决定|批复|函))?{_GLUE}[（(〔\[【]?{_GLUE}{_DATE}"
    rf"(?:以下简称[《“][^《》“”]{{1,15}}[》”][，,；;、]?)?"
    rf"(?:文号|文件号?|发文字号|文|[^\s（(，,。；;、]{{1,6}}文件)?[：:]?{_GLUE}"
)
# … and between a number and the title after it.
_BEFORE = re.compile(
    rf"{_GLUE}[）)】〕\]]?(?:文件?|令)?{_GLUE}(?:印发|发布|公布|下发|转发|颁布)?的?[：:]?{_GLUE}[（(]?{_GLUE}"
)
_COMMA = re.compile(rf"{_GLUE}(?:文件?)?{_GLUE}[，,]{_GLUE}")
_CLOSES = re.compile(r"\s{0,3}(?P<more>[^（）()《》。；;]{0,40}?)[）)〕\]】］]")
_ARTICLE_NO = r"第\s?[〇零一二三四五六七八九十百千两\d\s]{1,9}条(?:之[一二三四五六七八九十])?"
_PART = r"(?:第\s?[〇零一二三四五六七八九十百\d]{1,4}[款项目])*"
_ARTICLE = re.compile(
    rf"(?:\s?[（(][^（）()《》]{{1,40}}[）)])?(?:的|中|中的|之)?[\s（(，,]{{0,3}}(?:第[一二三四五六七八九十百\d]{{1,4}}[编章节])*"
    rf"(?P<article>{_ARTICLE_NO}{_PART}(?:(?:[、和及至到—-]|以及){_ARTICLE_NO}{_PART}){{0,6}})"
)


@dataclass(slots=True)
class _Mention:
    """A citation while it is put together (引用草稿): a title, a number, or both."""

    title: Title | None = None
    number: Number | None = None


def find_citations(text: str) -> tuple[Citation, ...]:
    """All legal bases cited in running text, in order, repeated mentions included.

    A basis has a title (in 《》, or 关于…的通知 beside a number), a document number, or both.
    Titles of newspapers, certificates, contracts and the like are left out, and so are
    short names that refer back (以下简称《办法》). Runs in linear time; never raises.
    """
    numbers = find_numbers(text)
    titles = [title for title in _titles(text, numbers) if not is_alias(text, title)]
    mentions = _pair(text, titles, numbers)
    return tuple(_citation(text, mention) for mention in mentions if _is_basis(text, mention))


def find_partial_numbers(text: str) -> tuple[Citation, ...]:
    """Serials in a project's name that stand for a whole number (补助资金 174 号—上级 → 174号).

    For names only: in prose a bare 12号 is a house, a bus or a day.
    """
    return tuple(
        Citation(None, number.doc_no, None, text[number.start : number.end])
        for number in find_partials(text)
    )


def _titles(text: str, numbers: tuple[Number, ...]) -> list[Title]:
    """Titles in 《》, widened where 《》 stand around a part, and unmarked ones at a number."""
    titles: list[Title] = []
    for title in find_titles(text):
        wide = widen(text, title)
        if not titles or titles[-1].end <= wide.start:
            titles.append(wide)
    starts = [title.start for title in titles]
    for number in numbers:
        for found in (title_after(text, number.end), title_before(text, number.start)):
            if found is None:
                continue
            place = bisect(starts, found.start)
            left_free = place == 0 or titles[place - 1].end <= found.start
            right_free = place == len(titles) or found.end <= titles[place].start
            if left_free and right_free:
                titles.insert(place, found)
                starts.insert(place, found.start)
    return titles


def _pair(text: str, titles: list[Title], numbers: tuple[Number, ...]) -> list[_Mention]:
    """Titles and numbers in order of print, each number with the title it belongs to."""
    mentions = _inside(titles, numbers)
    mentions = _join(mentions, lambda left, right: _in_bracket(text, left, right))
    mentions = _join_chains(text, mentions)
    return _join(mentions, lambda left, right: _at_comma(text, left, right))


def _inside(titles: list[Title], numbers: tuple[Number, ...]) -> list[_Mention]:
    """Mentions with numbers printed inside the 《》 of their title already joined to it."""
    mentions = [_Mention(title=title) for title in titles]
    starts = [title.start for title in titles]
    alone = []
    for number in numbers:
        place = bisect(starts, number.start) - 1
        if place >= 0 and number.end <= titles[place].end:
            if mentions[place].number is None:
                mentions[place].number = number
        else:
            alone.append(_Mention(number=number))
    return sorted([*mentions, *alone], key=_start)


def _join(
    mentions: list[_Mention], belongs: Callable[[_Mention, _Mention], bool]
) -> list[_Mention]:
    """Join neighbours, a title alone and a number alone, for which ``belongs`` holds."""
    joined: list[_Mention] = []
    for mention in mentions:
        if joined and _is_half(joined[-1], mention) and belongs(joined[-1], mention):
            joined[-1] = _both(joined[-1], mention)
        else:
            joined.append(mention)
    return joined


def _join_chains(text: str, mentions: list[_Mention]) -> list[_Mention]:
    """Join within chains of touching titles and numbers: 《A》1号《B》2号, or 1号《A》2号《B》."""
    joined: list[_Mention] = []
    chain: list[_Mention] = []
    for mention in mentions:
        if chain and not (_is_half(chain[-1], mention) and _touch(text, chain[-1], mention)):
            joined += _join_chain(chain)
            chain = []
        chain.append(mention)
    return joined + _join_chain(chain)


def _join_chain(chain: list[_Mention]) -> list[_Mention]:
    """Pairs of a chain: a number goes to the title before it, unless numbers lead throughout."""
    lone: list[_Mention] = []
    if len(chain) % 2 and chain and chain[0].title is None:
        lone, chain = chain[:1], chain[1:]
    pairs = [_both(*pair) for pair in zip(chain[::2], chain[1::2], strict=False)]
    return lone + pairs + (chain[-1:] if len(chain) % 2 else [])


def _is_half(left: _Mention, right: _Mention) -> bool:
    """Whether one of two mentions is a title alone and the other a number alone."""
    return (left.number is None and right.title is None and right.number is not None) or (
        left.title is None and right.number is None
    )


def _both(left: _Mention, right: _Mention) -> _Mention:
    return _Mention(left.title or right.title, left.number or right.number)


def _in_bracket(text: str, left: _Mention, right: _Mention) -> bool:
    """《…》（…号): the number in a bracket right after the title."""
    gap = _gap(text, left, right)
    return left.title is not None and _opens(gap) and bool(_AFTER.fullmatch(gap))


def _touch(text: str, left: _Mention, right: _Mention) -> bool:
    gap = _gap(text, left, right)
    return bool((_AFTER if left.title else _BEFORE).fullmatch(gap))


def _at_comma(text: str, left: _Mention, right: _Mention) -> bool:
    """A comma between the two joins a notice with its number; laws have none of that kind."""
    title = left.title or right.title
    return (
        title is not None
        and not re.search(r"(?:法|条例)$", title.words)
        and bool(_COMMA.fullmatch(_gap(text, left, right)))
    )


def _gap(text: str, left: _Mention, right: _Mention) -> str:
    """The text between two mentions, without an article; at most 60 characters count."""
    start, end = _end(left), _start(right)
    if end - start > 60:
        return "……"
    article = _ARTICLE.match(text, start, end)
    return text[article.end() if article else start : end]


def _start(mention: _Mention) -> int:
    parts = (mention.title, mention.number)
    return min(part.start for part in parts if part)


def _end(mention: _Mention) -> int:
    parts = (mention.title, mention.number)
    return max(part.end for part in parts if part)


def _opens(gap: str) -> bool:
    return any(
        gap.count(left) > gap.count(right) for left, right in ("（）", "()", "〔〕", "[]", "【】")
    )


def _is_basis(text: str, mention: _Mention) -> bool:
    if mention.title is None:
        return True
    start, end = mention.title.start, mention.title.end
    return mention.number is not None or is_legal(
        mention.title.words, before=text[max(0, start - 40) : start], after=text[end : end + 10]
    )


def _citation(text: str, mention: _Mention) -> Citation:
    start, end = _start(mention), _end(mention)
    title, number = mention.title, mention.number
    closed = end
    if title and number and title.end <= number.start and _opens(text[title.end : number.start]):
        bracket = _CLOSES.match(text, end)
        closed = bracket.end() if bracket else end
        end = closed if bracket and not bracket["more"] else end
    article = _ARTICLE.match(text, closed)
    if article is None and title and number and title.end <= number.start:
        article = _ARTICLE.match(text, title.end, number.start)
    if article:
        end = max(end, article.end())
    return Citation(
        title=_words(text, mention),
        doc_no=number.doc_no if number else None,
        article=clean(article["article"]) if article else None,
        as_written=text[start:end],
    )


def _words(text: str, mention: _Mention) -> str | None:
    """The title's words, without the number that was printed inside its 《》."""
    title, number = mention.title, mention.number
    if title is None or number is None or number.start >= title.end or number.end <= title.start:
        return title.words if title else None
    printed = clean(text[number.start : number.end])
    words = re.sub(rf"[（(〔\[【]?{re.escape(printed)}文?[）)〕\]】]?", "", title.words, count=1)
    return words.strip("，,、：: ") or None
