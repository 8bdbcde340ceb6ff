"""Errors as people and programs read them: a page, or RFC 9457 problem+json (出错说明).

The only place that knows HTTP status codes of our errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from flask import Response, json, render_template, request
from werkzeug.exceptions import HTTPException

from ontology import errors
from web.negotiate import HTML, JSON, best

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apiflask import APIFlask
    from apiflask.exceptions import HTTPError

PROBLEM: Final = "application/problem+json"
TYPES: Final = "https://w3id.org/jixiao/problem/"
_FOR_PROGRAMS: Final = ("/api/", "/sparql", "/healthz", "/readyz", "/metrics", "/id/", "/static/")
_BY_CODE: Final = {
    "query-time": 503,
    "query-size": 413,
    "query-busy": 429,
    "format": 406,
    "media-type": 415,
}
_BY_CLASS: Final = (
    (errors.NotFound, 404),
    (errors.LimitExceeded, 413),
    (errors.QueryError, 400),
    (errors.InputError, 422),
    (errors.StoreError, 503),
)
_TITLES: Final = {
    400: "请求有误",
    404: "没有这个页面",
    405: "不支持这种请求方法",
    406: "没有这种格式",
    413: "内容太大",
    414: "地址太长",
    415: "不认识的内容类型",
    422: "参数不合要求",
    429: "请求太频繁",
    500: "服务器出错了",
    503: "服务暂时不可用",
}
_DETAILS: Final = {
    404: "地址可能写错了，或者这份文件已经撤下。可以从检索页重新查找。",
    405: "请换一种请求方法；允许的方法见响应头 Allow。",
    413: "请缩小请求后再试。",
    500: "这是程序的错误，已记入日志。请稍后再试；如果一直出现，请告诉管理员。",
}
_log = structlog.get_logger("web")


def register(app: APIFlask) -> None:
    """Let the application answer every error in this way."""
    app.error_processor(_invalid)
    app.register_error_handler(errors.JixiaoError, _ours)
    app.register_error_handler(HTTPException, _http)


def answer(
    status: int, detail: str, *, code: str | None = None, extra: Mapping[str, object] | None = None
) -> Response:
    """The response for one error: HTML for people on pages, problem+json for programs."""
    title = _TITLES.get(status, "出错了")
    if _wants_page():
        page = render_template("problem.html", status=status, title=title, detail=detail)
        return Response(page, status, mimetype=HTML)
    body: dict[str, object] = {
        "type": f"{TYPES}{code}" if code else "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        **(extra or {}),
    }
    if code:
        body["code"] = code
    return Response(json.dumps(body, ensure_ascii=False), status, content_type=PROBLEM)


def status_of(error: errors.JixiaoError) -> int:
    """The HTTP status of one of our errors; its code tells more than its class."""
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    return next((status for kind, status in _BY_CLASS if isinstance(error, kind)), 500)


def _wants_page() -> bool:
    """People get pages everywhere but where only programs call; twins follow their suffix."""
    if request.path.startswith(_FOR_PROGRAMS) and request.path != "/sparql":
        return False
    if request.path.endswith((".json", ".ttl", ".csv")):
        return False
    return best(request.headers.get("Accept"), (PROBLEM, JSON, HTML)) == HTML


def _ours(error: errors.JixiaoError) -> Response:
    status = status_of(error)
    if status >= 500:
        _log.error("request failed", path=request.path, code=error.code, reason=error.message)
    where = {
        name: value
        for name in ("line", "column")
        if (value := getattr(error.where, name)) is not None
    }
    response = answer(status, error.message, code=error.code, extra=where)
    if status in (429, 503):
        response.headers["Retry-After"] = "5"
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect
        return Response(error.get_response().get_data(), status, error.get_headers())
    detail = _DETAILS.get(status) or _TITLES.get(status, error.name)
    response = answer(status, detail)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _invalid(error: HTTPError) -> Response:
    """What APIFlask finds wrong with the parameters of an interface."""
    names = [name for fields in error.detail.values() for name in fields]
    detail = f"参数 {'、'.join(names)} 的值不对。" if names else _DETAILS.get(error.status_code, "")
    return answer(error.status_code, detail, code="parameter")
