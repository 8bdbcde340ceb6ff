from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time

import pyoxigraph
import pytest
from rdflib import Graph as RdflibGraph

from ontology.errors import QueryRefused, QuerySyntaxError
from search.store import guard
from search.store.graph import GRAPH_FORMATS

JSON = "application/sparql-results+json"
EXPLODES = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i && ?b = ?d && ?h = ?c) }"
JX = "PREFIX jx: <https://w3id.org/jixiao/ns#>\n"

REFUSED = (
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * { SERVICE<http://example.org/>{ ?s ?p ?o } }",
    "PREFIX : <http://example.org/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX service: <http://example.org/> SELECT * { SERVICE service:x { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
    r"SELECT * { S\U00000045RVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { ?s <u:p> true SERVICE <http://example.org/> { ?a ?b ?c } }",
    "SELECT * { ?s <u:p> trueSERVICE<http://example.org/> { ?a ?b ?c } }",
    "SELECT * { ?s <u:p> 1SERVICE<http://example.org/> { ?a ?b ?c } }",
    "SELECT * { # a comment\n SERVICE # another\n <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '#' . SERVICE <http://example.org/#> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'it\\'s' SERVICE <http://example.org/> { ?s ?p ?o } }",
    "PREFIX : <http://e/> SELECT * { FILTER(1<2)SERVICE:x#>\n{ ?s ?p ?o } }",
    "PREFIX : <http://e/> SELECT * { FILTER(1<2)#>'''\nSERVICE:x{ ?s ?p ?o } #'''\n }",
    r'SELECT * { ?s ?p "\u0022 SERVICE <http://example.org/> { ?a ?b ?c } #" }',
    "PREFIX : <http://e/> SELECT * { ?s :-1SERVICE<http://example.org/>{} }",
    r"PREFIX : <http://e/> SELECT * { ?s ?p :a\' . SERVICE<http://example.org/>{} ?s ?p 'z' }",
)
ALLOWED = (
    "SELECT ?service { ?service ?p ?o }",
    "SELECT $SERVICE { $SERVICE ?p ?o }",
    'SELECT * { ?s ?p "SERVICE <x> {}" }',
    "SELECT * { ?s ?p '''a ' SERVICE '' b''' }",
    'SELECT * { ?s ?p """LOAD "x" SERVICE""" }',
    "SELECT * { ?s <http://example.org/service> ?o } # SERVICE\n",
    "PREFIX ex: <http://example.org/> SELECT * { ?s ex:service ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    "SELECT * { ?s ?p '服务 load' }",
)
UPDATES = (
    "LOAD <http://example.org/>",
    "PREFIX ex: <http://example.org/> insert data { ex:a ex:b ex:c }",
    "# comment\nBASE <http://example.org/> CLEAR ALL",
    r"\u004cOAD <http://example.org/>",
)


@pytest.mark.parametrize("text", REFUSED)
def test_nothing_is_fetched_over_the_network(text):
    with pytest.raises(QueryRefused) as error:
        guard.check(text)
    assert error.value.code == "service"


@pytest.mark.parametrize("text", ALLOWED)
def test_the_word_itself_is_no_crime(text):
    guard.check(text)


@pytest.mark.parametrize("text", UPDATES)
def test_updates_are_refused(text):
    with pytest.raises(QueryRefused) as error:
        guard.check(text)
    assert error.value.code == "update"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("PREFIX a: <b:c> # SELECT\n ask {}", "ASK"),
        ("BASE <http://e/> construct where {?s ?p ?o}", "CONSTRUCT"),
        ("DESCRIBE <u:a>", "DESCRIBE"),
        (JX + "SELECT * {}", "SELECT"),
        ("nonsense", None),
        ("", None),
    ],
)
def test_the_form_of_a_query(text, form):
    assert guard.form(text) == form


def test_the_process_has_no_network_even_without_the_guard(engine):
    program = (
        "import sys; from pathlib import Path\n"
        "from search.store import graph, guard, workers\n"
        "guard.check = lambda text: None\n"
        "opened = graph.Graph.open(Path(sys.argv[1]))\n"
        "if sys.argv[3] == 'confined': workers._confine()\n"
        "text = 'SELECT * { SERVICE <http://127.0.0.1:%s/> { ?s ?p ?o } }' % sys.argv[2]\n"
        "request = graph.Request(text, ('text/csv',))\n"
        "try: opened.query(request, graph.Caps())\n"
        "except Exception as error: print(error)\n"
    )
    folder = str(engine._opened.version.path / "graph")
    for confinement, connected in (("confined", False), ("free", True)):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = str(server.getsockname()[1])
            command = [sys.executable, "-c", program, folder, port, confinement]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
                server.settimeout(10 if connected else 1.5)
                try:
                    server.accept()[0].close()
                    seen = True
                except TimeoutError:
                    seen = False
                process.communicate(timeout=20)
            assert seen is connected


@pytest.mark.parametrize(
    ("media_type", "start"),
    [
        (JSON, b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"name,value\r\n"),
        ("text/tab-separated-values", b"?name\t?value\n"),
    ],
)
def test_solutions_in_every_format(engine, media_type, start):
    text = (
        JX
        + "SELECT ?name ?value { ?i rdfs:label ?name ; qudt:numericValue ?value ; a jx:Indicator }"
    )
    answer = engine.query(text, [media_type])
    assert answer.media_type == media_type
    assert answer.content.startswith(start)
    assert "培训合格率" in answer.content.decode()
    assert not answer.capped


@pytest.mark.parametrize("media_type", GRAPH_FORMATS)
def test_graphs_in_every_format(engine, media_type):
    text = JX + "CONSTRUCT WHERE { ?i a jx:Indicator ; jx:unitText ?u }"
    answer = engine.query(text, [media_type])
    assert answer.media_type == media_type
    assert len(list(pyoxigraph.parse(answer.content, format=GRAPH_FORMATS[media_type]))) == 16


def test_the_first_format_that_suits_is_taken(engine):
    wanted = ["text/turtle", "text/html", "text/csv", JSON]
    assert engine.query("SELECT * { ?s a ?o }", wanted).media_type == "text/csv"
    assert engine.query("CONSTRUCT WHERE { ?s a ?o }", wanted).media_type == "text/turtle"
    with pytest.raises(QueryRefused) as error:
        engine.query("SELECT * { ?s a ?o }", ["text/turtle"])
    assert error.value.code == "format"


def test_a_capped_result_is_whole_and_says_so(engine):
    for media_type in (JSON, "text/csv"):
        answer = engine.query("SELECT * { ?s ?p ?o }", [media_type])
        assert answer.capped
    assert (
        len(
            json.loads(engine.query("SELECT * { ?s ?p ?o }", [JSON]).content)["results"]["bindings"]
        )
        == 50
    )
    exact = engine.query("SELECT * { ?s ?p ?o } LIMIT 50", [JSON])
    assert not exact.capped
    assert engine.query("CONSTRUCT WHERE { ?s ?p ?o }", ["application/n-triples"]).capped


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT * {}", 1),
        ("SELECT * { FILTER(false) }", 0),
        ("SELECT ?x { VALUES ?x { UNDEF 2 } }", 2),
    ],
)
def test_odd_results_come_through(engine, text, rows):
    found = json.loads(engine.query(text, [JSON]).content)
    assert len(found["results"]["bindings"]) == rows


def test_the_default_graph_is_the_union_unless_graphs_are_named(engine):
    key = engine.documents()[0].key
    one = f"https://w3id.org/jixiao/id/document/{key}"
    count = JX + "SELECT (COUNT(?i) AS ?n) { ?i a jx:Indicator }"

    def counted(text, **graphs):
        return engine.query(text, ["text/csv"], **graphs).content.split()[1]

    assert counted(count) == b"10"
    assert counted(count, default_graphs=[one]) == b"4"
    named = JX + "SELECT (COUNT(?i) AS ?n) { GRAPH ?g { ?i a jx:Indicator } }"
    assert counted(named) == b"10"
    assert counted(named, named_graphs=[one]) == b"4"
    assert counted(named, default_graphs=[one]) == b"0"
    with pytest.raises(QueryRefused):
        counted(count, default_graphs=["not an iri"])


def test_graphs_that_are_no_iris_are_told_so(engine):
    for graphs in ({"default_graphs": ["no iri"]}, {"named_graphs": ["no iri"]}):
        with pytest.raises(QueryRefused) as error:
            engine.query("ASK {}", [JSON], **graphs)
        assert error.value.code == "iri"


def test_a_syntax_error_says_where(engine):
    with pytest.raises(QuerySyntaxError) as error:
        engine.query("SELECT *\nWHERE { ?s ?p }", [JSON])
    assert error.value.where.line == 2
    assert error.value.where.column


def test_a_query_that_takes_too_long_is_stopped_and_its_process_replaced(engine):
    start = time.monotonic()
    with pytest.raises(QueryRefused) as error:
        engine.query(EXPLODES, [JSON])
    assert error.value.code == "query-time"
    assert time.monotonic() - start < 4
    assert engine.query("ASK { ?s ?p ?o }", [JSON]).content == b'{"head":{},"boolean":true}'


def test_the_own_pages_answer_while_a_query_runs(engine):
    stopped = []

    def explode():
        with pytest.raises(QueryRefused) as error:
            engine.query(EXPLODES, [JSON])
        stopped.append(error.value.code)

    thread = threading.Thread(target=explode)
    thread.start()
    start = time.monotonic()
    assert engine.select("SELECT ?s { ?s a ?o } LIMIT 1")
    assert time.monotonic() - start < 1
    thread.join()
    assert stopped == ["query-time"]


def test_rows_of_our_own_queries_are_plain_values(engine):
    hit = next(each for each in engine.documents() if each.region == "旌德县")
    (row,) = engine.select(
        "SELECT ?thing ?title ?year ?nothing { ?thing dct:title ?title ; jx:fiscalYear ?year OPTIONAL { ?thing jx:none ?nothing } }",
        thing=f"https://w3id.org/jixiao/id/document/{hit.key}",
    )
    assert row["title"] == "旌德县绩效目标"
    assert row["year"] == "2024"
    assert "nothing" not in row
    values = engine.select("SELECT ?v { ?i qudt:numericValue ?v } ORDER BY ?v LIMIT 1")
    assert values == [{"v": 5.0}]
    assert engine.select("SELECT (COUNT(?i) AS ?n) { ?i a jx:Indicator }") == [{"n": 10}]


def test_the_description_of_a_thing_parses_and_has_its_parts(engine):
    hit = engine.documents()[0]
    project = f"https://w3id.org/jixiao/id/project/{hit.key}-p1"
    graph = RdflibGraph().parse(data=engine.describe(project), format="turtle")
    subjects = {str(each) for each in graph.subjects()}
    assert {project, f"{project}#b1"} <= subjects
    assert engine.describe("https://w3id.org/jixiao/id/project/none") == ""
