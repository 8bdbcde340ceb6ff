"""The production server: gunicorn with threads, waitress on Windows (服务).

One process with threads: there is one writer elsewhere, and the stores here are read-only.
"""

from __future__ import annotations

import errno
import socket
import sys
from typing import TYPE_CHECKING, Any

import click

from ontology.errors import ConfigError
from web.app import create_app

if TYPE_CHECKING:
    from flask import Flask

    from web.settings import Settings


def serve(settings: Settings) -> None:
    """Serve until interrupted; says on stderr when pages can be had.

    Raises :class:`ConfigError` when the address cannot be used.
    """
    check_address(settings.host, settings.port)
    if sys.platform == "win32":
        _waitress(settings)
    else:
        _gunicorn(settings)


def check_address(host: str, port: int) -> None:
    """Try the address, so that a taken port is said in words and not in a retry loop."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            if sys.platform != "win32":  # there it would share a port that is in use
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"端口 {port} 已被别的程序占用；换一个端口：jixiao serve --port {port + 1}"
        elif error.errno == errno.EACCES:
            reason = f"没有权限监听端口 {port}；请用 1024 以上的端口"
        else:
            reason = f"不能监听 {host}:{port}（{error}）"
        raise ConfigError(reason) from error


def _announce(settings: Settings) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"绩效图谱已启动：http://{host}:{settings.port}  （按 Ctrl+C 停止）", err=True)


def _waitress(settings: Settings) -> None:
    import waitress  # noqa: PLC0415 - installed on Windows only

    app = create_app(settings)
    _announce(settings)
    waitress.serve(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        max_request_body_size=settings.max_body,
    )


def _gunicorn(settings: Settings) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - not on Windows

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    options: dict[str, Any] = {
        "bind": f"{host}:{settings.port}",
        "worker_class": "gthread",
        "workers": 1,
        "threads": settings.threads,
        "loglevel": "warning",
        "limit_request_line": 8190,
        "graceful_timeout": 10,
        "control_socket_disable": True,
        "post_worker_init": lambda _worker: _announce(settings),
    }

    class Server(BaseApplication):  # type: ignore[misc]
        """gunicorn without its own command line and settings file (服务进程)."""

        def load_config(self) -> None:
            for name, value in options.items():
                if name in self.cfg.settings:  # older ones have no control socket
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            return create_app(settings)

    Server().run()
