"""Every page, as a browser without scripts gets it."""

import re
import shutil
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from ontology.iri import iri
from web.app import create_app
from web.cli import main
from web.security import POLICY
from web.settings import load

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def get(client):
    def get(path, status=200, **headers):
        response = client.get(path, headers={**BROWSER, **headers})
        assert response.status_code == status, response.text[:500]
        return response

    return get


@pytest.fixture
def hit(client):
    return client.get("/api/v1/search?q=培训合格率").json["results"][0]


def test_home_says_what_is_there(get):
    page = get("/").text
    assert "<dd>80</dd>" in page
    assert "<dd>854</dd>" in page
    assert page.count("/document/") == 5
    assert 'href="/?q=' in page


def test_results_show_the_row_with_its_source(get, hit):
    page = get("/?q=培训合格率").text
    assert "<mark>" in page
    assert f"/indicator/{hit['key']}" in page
    assert f"/document/{hit['document_key']}#L{hit['source']['line']}" in page
    assert "因何找到" in page
    assert 'id="facets"' in page


def test_facets_are_links_that_keep_the_question(get):
    page = get("/?q=满意度&mode=lexical").text
    facet = re.search(r'href="([^"]*year=2024[^"]*)"', page)[1].replace("&amp;", "&")
    assert "mode=lexical" in facet
    narrowed = get(facet).text
    assert "预算年度" in narrowed or "年度：2024" in narrowed
    assert re.search(r'class="chips"', narrowed)


def test_later_pages_go_on_where_the_first_ended(get):
    first = re.findall(r'<h2><a href="([^"]+)"', get("/?q=率").text)
    second = re.findall(r'<h2><a href="([^"]+)"', get("/?q=率&page=2").text)
    assert len(first) == 20
    assert not set(first) & set(second)
    assert "回到第一页" in get("/?q=率&page=9999").text


def test_an_empty_result_says_what_to_try(get):
    page = get("/?q=zzzzqqqq&mode=lexical&level2=没有这类").text
    assert "没有找到" in page
    assert "去掉全部条件" in page


def test_an_indicator_stands_in_its_printed_surroundings(get, hit):
    page = get(f"/indicator/{hit['key']}").text
    assert hit["name"] in page
    assert f"#L{hit['source']['line']}" in page
    assert 'class="around"' in page
    assert iri("indicator", hit["key"]) in page


def test_a_project_has_the_table_as_printed(get, client):
    projects = [
        each["project_key"]
        for each in client.get("/api/v1/search?q=培训&size=50").json["results"]
        if each["project_key"]
    ]
    pages = [get(f"/project/{key}").text for key in dict.fromkeys(projects)]
    assert all("rowspan=" in page for page in pages)
    assert any("立项依据" in page for page in pages)
    assert any("万元" in page for page in pages)


def test_a_document_shows_every_printed_line(get, hit):
    page = get(f"/document/{hit['document_key']}").text
    assert f'id="L{hit["source"]["line"]}" class="read"' in page
    assert page.count('<div id="L') > 50


def test_a_basis_lists_who_rests_on_it(get, client):
    rows = client.get(
        "/sparql",
        query_string={
            "query": "PREFIX jx: <https://w3id.org/jixiao/ns#>"
            " SELECT DISTINCT ?b { ?p jx:restsOn ?b } LIMIT 5"
        },
    ).json["results"]["bindings"]
    assert rows
    for row in rows:
        page = get(row["b"]["value"].removeprefix("https://w3id.org/jixiao/id")).text
        assert "/project/" in page


def test_regions_lead_down_to_their_documents(get):
    assert "/region/3418" in get("/region/340000").text
    assert "/document/" in get("/region/341825").text
    assert "还没有收录" in get("/region/659001").text
    get("/region/341825000", 404)


def test_the_ontology_is_a_page_and_turtle(get, client):
    assert "绩效指标" in get("/ns").text
    turtle = client.get("/ns")
    assert turtle.mimetype == "text/turtle"
    assert "jx:Indicator a owl:Class" in turtle.text
    get("/ns", 406, Accept="image/png")


def test_about_counts_and_names_limits(get):
    assert "局限" in get("/about").text


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [("text/html", ""), ("text/turtle", ".ttl"), ("application/json", ".json"), (None, "")],
)
@pytest.mark.parametrize("kind", ["indicator", "project", "document", "region"])
def test_identifiers_lead_to_page_or_data(client, hit, kind, accept, suffix):
    key = {
        "indicator": hit["key"],
        "document": hit["document_key"],
        "region": hit["region_code"],
        "project": f"{hit['document_key']}-p1",
    }[kind]
    response = client.get(f"/id/{kind}/{key}", headers={"Accept": accept} if accept else {})
    assert response.status_code == 303
    assert response.headers["Location"] == f"/{kind}/{key}{suffix}"
    assert "Accept" in response.headers["Vary"]
    assert client.get(response.headers["Location"]).status_code == 200


def test_identifiers_of_unknown_kinds_and_formats(client):
    assert client.get("/id/nothing/x").status_code == 404
    assert client.get("/id/region/1", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/indicator/x",
        "/project/x",
        "/document/x",
        "/basis/x",
        "/organisation/x",
        "/region/000000",
        "/indicator/" + quote("../../etc/passwd", safe=""),
        "/document/" + quote("<script>alert(1)</script>"),
        "/document/%00",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_unknown_things_get_a_friendly_page(get, path):
    page = get(path, 404).text
    assert "没有这个页面" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "长" * 501,
        "q=x&mode=magic",
        "q=x&year=abc",
        "q=x&page=0",
        "q=x&page=1e9",
        "q=x&numeric=perhaps",
        "q=x&size=100000",
        "q=x&" + "&".join(f"level2={n}" for n in range(30)),
        "q=x&level2=" + "a" * 200,
    ],
)
def test_senseless_parameters_are_refused_in_words(get, client, query):
    assert "请求有误" in get(f"/?{query}", 400).text
    refused = client.get(f"/api/v1/search?{query}")
    assert refused.status_code in (400, 422)
    assert refused.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "{{ 7*7 }}",
        "%s%n",
        "\x00\x01",
        "𠀀🙂",
        "﷽" * 100,
        "' OR 1=1 --",
        "} UNION { ?s ?p ?o",
        "(((((",
        "*",
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "lexical", "dense"])
def test_hostile_words_are_only_words(get, text, mode):
    page = get(f"/?q={quote(text)}&mode={mode}").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "49 条" not in page


def test_every_page_has_the_headers_and_nothing_inline(get, hit):
    paths = [
        "/", "/?q=满意度", "/about", "/ns", "/sparql", "/nowhere",
        f"/indicator/{hit['key']}", f"/document/{hit['document_key']}",
    ]  # fmt: skip
    for path in paths:
        response = get(path, 404 if path == "/nowhere" else 200)
        assert response.headers["Content-Security-Policy"] == POLICY
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", response.text)
        assert not re.search(r'(src|href)="(https?:)?//', response.text)
        assert '<html lang="zh-CN">' in response.text
        assert response.text.count("<h1") == 1


@pytest.mark.parametrize("host", ["evil.example", "a b", "x/../y", "<b>", "[::1", ""])
def test_a_forged_host_never_shows_up(client, host):
    response = client.get("/id/region/341825", headers={"Host": host})
    assert response.status_code in (303, 400)
    assert host == "" or host not in response.headers.get("Location", "")
    assert "evil.example" not in client.get("/", headers={"Host": "evil.example"}).text


def test_static_files_are_kept_by_version(client, get):
    link = re.search(r'href="(/static/site.css\?v=[^"]+)"', get("/").text)[1]
    with client.get(link) as response:
        assert "immutable" in response.headers["Cache-Control"]


def test_operations(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json["status"] == "ready"
    client.get("/?q=秘密的词")
    metrics = client.get("/metrics").text
    assert 'jixiao_request_seconds_count{method="GET",route="/"}' in metrics
    assert "秘密的词" not in metrics


def test_new_data_is_served_without_a_restart(data, tmp_path, monkeypatch):
    folder = tmp_path / "own"
    shutil.copytree(data, folder)
    monkeypatch.setattr("web.current._LOOK_AGAIN", 0.0)
    client = create_app(load({}, {"data": folder})).test_client()
    assert client.get("/api/v1/stats").json["documents"] == 5
    source = client.get("/api/v1/search?q=就业&size=1").json["results"][0]["document_key"]
    name = client.get(f"/document/{source}.json").json["source"]
    assert CliRunner().invoke(main, ["--data", str(folder), "withdraw", name]).exit_code == 0
    assert client.get("/api/v1/stats").json["documents"] == 4
    assert client.get(f"/document/{source}").status_code == 404


def test_an_empty_directory_says_how_to_fill_it(tmp_path):
    client = create_app(load({}, {"data": tmp_path})).test_client()
    assert "jixiao ingest" in client.get("/").text
    assert client.get("/?q=x").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/sparql?query=ASK{}").json["boolean"] is True
