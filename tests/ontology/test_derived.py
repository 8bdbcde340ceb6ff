"""The register of divisions as triples: every region that documents point to is explained."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from ontology.derived import divisions_triples
from ontology.divisions import divisions
from ontology.iri import iri
from ontology.rdf import nquads, to_rdflib


def test_the_register_loads_into_the_store() -> None:
    lines = "".join(nquads(divisions_triples(), "https://w3id.org/jixiao/id/region"))
    quads = list(parse(lines.encode(), RdfFormat.N_QUADS))
    assert len({quad.subject for quad in quads}) == len(divisions())


def test_a_county_leads_to_its_province() -> None:
    graph = to_rdflib(divisions_triples())
    query = """
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?name WHERE {
            ?county skos:notation "341825" ; skos:broader+ ?above .
            ?above skos:prefLabel ?name
        }
    """
    assert {str(row[0]) for row in graph.query(query)} == {"宣城市", "安徽省"}
    broader = "http://www.w3.org/2004/02/skos/core#broader"
    ends = {triple[2] for triple in divisions_triples() if triple[1] == broader}
    assert ends <= {iri("region", each.code) for each in divisions()}
