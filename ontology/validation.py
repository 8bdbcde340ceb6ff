"""Validation (数据校验): SHACL over the graph of one document, with findings in Chinese.

The shapes are ``shapes.ttl``. One document at a time: pyshacl is far too slow for a whole store.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

from pyshacl import validate as run_shacl
from rdflib import RDF, Graph
from rdflib.namespace import SH

from ontology.iri import NS

Severity = Literal["E", "W", "I"]

_SEVERITIES: Final[dict[str, Severity]] = {
    str(SH.Violation): "E",
    str(SH.Warning): "W",
    str(SH.Info): "I",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding (校验结果): the rule's id, E error, W warning or I hint, the node, the message.

    ``value`` is the offending value where there is one.
    """

    rule: str
    severity: Severity
    focus: str
    message: str
    value: str | None = None


@lru_cache(maxsize=1)
def shapes() -> Graph:
    """The shapes as an rdflib graph; not to be changed."""
    text = files("ontology").joinpath("shapes.ttl").read_text("utf-8")
    return Graph().parse(data=text, format="turtle")


def validate(graph: Graph) -> tuple[Finding, ...]:
    """The findings on the graph of one document, errors first, then by node and rule."""
    _, report, _ = run_shacl(graph, shacl_graph=shapes(), inplace=True)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        found.add(
            Finding(
                rule=str(report.value(result, SH.sourceShape)).removeprefix(f"{NS}rule-"),
                severity=_SEVERITIES[str(report.value(result, SH.resultSeverity))],
                focus=str(focus),
                message=str(report.value(result, SH.resultMessage)),
                value=None if value is None or value == focus else str(value),
            )
        )
    order = "EWI".index
    return tuple(
        sorted(found, key=lambda each: (order(each.severity), each.focus, each.rule, str(each)))
    )
