"""SPARQL 1.1 Protocol: a request read into one query and its dataset (协议).

https://www.w3.org/TR/sparql11-protocol/ §2.1: GET, POST with a form, POST with the bare query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ontology.errors import LimitExceeded, QueryRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Request

QUERY_TYPE: Final = "application/sparql-query"
UPDATE_TYPE: Final = "application/sparql-update"
FORM_TYPE: Final = "application/x-www-form-urlencoded"

TABLES: Final = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/n-quads": "nquads",
    "application/trig": "trig",
}
"""Media types by what the query makes, in our order of preference, with their short names."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the graphs that the protocol names for it (查询请求).

    ``default_graphs`` and ``named_graphs`` are IRIs; both empty: the dataset of the query
    itself, else that of the endpoint.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_question(request: Request, longest: int) -> Question | None:
    """The query in the request; ``None`` when a GET carries none.

    Raises :class:`QueryRefused` (codes ``update``, ``media-type``, ``protocol``) and
    :class:`LimitExceeded` for more than ``longest`` characters.
    """
    if request.method == "POST" and request.mimetype != FORM_TYPE:
        return _limited(_direct(request), longest)
    given = request.form if request.method == "POST" else request.args
    if "update" in given or "update" in request.args:
        raise QueryRefused("这个端点只读，不接受 SPARQL 更新。", code="update")
    texts = given.getlist("query")
    if not texts and request.method != "POST":
        return None
    if len(texts) != 1:
        raise QueryRefused("要有且只有一个 query 参数。", code="protocol")
    return _limited(
        Question(
            texts[0],
            _graphs(given.getlist("default-graph-uri")),
            _graphs(given.getlist("named-graph-uri")),
        ),
        longest,
    )


def _direct(request: Request) -> Question:
    if request.mimetype == UPDATE_TYPE:
        raise QueryRefused("这个端点只读，不接受 SPARQL 更新。", code="update")
    if request.mimetype != QUERY_TYPE:
        raise QueryRefused(
            f"不认识的内容类型；请用 {QUERY_TYPE} 或 {FORM_TYPE}。", code="media-type"
        )
    if "query" in request.args:
        raise QueryRefused("查询已在请求体里，地址里不能再有 query 参数。", code="protocol")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise QueryRefused("查询要用 UTF-8 编码。", code="protocol")
    try:
        text = request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryRefused("查询不是有效的 UTF-8 文字。", code="protocol") from error
    return Question(
        text,
        _graphs(request.args.getlist("default-graph-uri")),
        _graphs(request.args.getlist("named-graph-uri")),
    )


def _limited(question: Question, longest: int) -> Question:
    if not question.text.strip():
        raise QueryRefused("查询是空的。", code="protocol")
    if len(question.text) > longest:
        raise LimitExceeded(f"查询太长，最多 {longest} 个字符。")
    return question


def _graphs(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
