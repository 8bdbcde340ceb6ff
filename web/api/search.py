"""``/api/v1``: search and statistics as JSON (检索接口)."""

from __future__ import annotations

from dataclasses import asdict

from apiflask import APIBlueprint
from flask import Response, current_app, json, request

from web.answers import results_json
from web.current import engine
from web.questions import SearchArgs, read, to_query
from web.security import allow_all_origins

blueprint = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="检索")


@blueprint.get("/search")
@blueprint.input(SearchArgs, location="query")
@blueprint.doc(summary="检索相近的绩效指标", description="参数可重复给出；结果与检索页相同。")
def search(query_data: SearchArgs) -> Response:  # noqa: ARG001 - holds one value of each only
    settings = current_app.config["SETTINGS"]
    args = read(request.args.to_dict(flat=False), settings)
    return _json(results_json(engine().search(to_query(args, settings))))


@blueprint.get("/stats")
@blueprint.doc(summary="数据有多少，是哪个版本")
def stats() -> Response:
    return _json(asdict(engine().stats()))


def _json(value: object) -> Response:
    text = json.dumps(value, ensure_ascii=False)
    return allow_all_origins(Response(text, content_type="application/json"))
