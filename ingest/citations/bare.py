"""Titles without 《》 in short cells of their own (指标值确定依据)."""

from __future__ import annotations

import re

from ingest.citations.numbers import find_numbers
from ingest.citations.titles import is_legal, without_remarks
from ingest.text import clean
from ontology.model import Citation

_LEAD = re.compile(
    r"^(?:\d{1,2}[.、．]\s*|[（(]?[一二三四五六七八九十]{1,2}[）)、]\s*)?(?:根据|依据|按照|依照|参照|按|据|依)?"
)
_TAIL = re.compile(r"(?:等)?(?:文件|精神|要求|规定|相关规定|有关规定|执行|的要求|的规定)?[。；;]?$")
_STATUTE = re.compile(r"(?:[^方办][法]|法典|条例)$")
_OTHER = re.compile(
    r"(?:办法|规程|细则|章程|准则|规定|意见|通知|方案|规划|纲要|决定|规范|标准|制度|计划|目录|要点)$"
)
_RULES = re.compile(r"(?:办法|规程|细则|章程|准则)$")
_SPECIFIC = re.compile(
    r"国务院|[省市县区州旗][^级]|^(?:国家|全国|中共|中央)[^和有相法政规]|“|十[三四五]五|人民政府|[厅局部委]"
)
_VAGUE = re.compile(r"有关|相关|上级|各项|法律法规|规章|文件|历史|以前|往年|历年|现行|政策规定")
_OWN = re.compile(
    r"^(?:按|工作|实施|项目|计划|行业|预算|管理|业务|内部|财务|考核|政府|单位|本|我|部门|年度)"
)
_SHORTEST, _LONGEST = 3, 60


def cite_bare_title(text: str) -> Citation | None:
    """A cell that is nothing but a title: 河北省城乡居民基本养老保险经办规程, 中华人民共和国预算法.

    Vague bases (工作计划, 历史经验, 政策要求, 相关规定) are none. For short cells only, never for
    prose.
    """
    printed = text.strip()
    words = clean(printed)
    words = _LEAD.sub("", words, count=1)
    for candidate in (words.rstrip("。；;"), words[: _tail_start(words)]):
        if _is_title(candidate):
            return Citation(title=candidate, doc_no=None, article=None, as_written=printed)
    return None


def _tail_start(words: str) -> int:
    match = _TAIL.search(words)
    return match.start() if match else len(words)


def _is_title(words: str) -> bool:
    if not _SHORTEST <= len(words) <= _LONGEST or re.search(
        r"[，,。；;：:《》\n、]|\d\s*号", words
    ):
        return False
    if find_numbers(words) or not is_legal(words):
        return False
    plain = without_remarks(words)
    if words.startswith(("关于", "中华人民共和国")):
        return True
    if _VAGUE.search(plain):
        return False
    if _STATUTE.search(plain) or (
        len(plain) >= 8 and _SPECIFIC.search(plain) and _OTHER.search(plain)
    ):
        return True
    return len(plain) >= 10 and bool(_RULES.search(plain)) and not _OWN.search(plain)
