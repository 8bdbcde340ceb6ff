"""The error tree.

    JixiaoError            anything that we raise on purpose
    ├── InputError         a document cannot be read as it is
    │   ├── UnreadableFile     broken, encrypted, empty, or of an unknown format
    │   └── LimitExceeded      larger, deeper or slower than the limits allow
    ├── QueryError         a question that cannot be answered as it was put
    │   ├── QuerySyntaxError   SPARQL that does not parse, with line and column
    │   └── QueryRefused       too long, too large, or a feature that is switched off
    ├── NotFound           no such thing in the graph
    ├── ConfigError        a setting that makes no sense
    └── StoreError         the data directory is missing, locked, or of another version

``code`` is stable and meant for programs, the message is Chinese and meant for users.
HTTP status codes live in ``web/problems.py``, exit codes in ``web/cli.py``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """Where in the input something went wrong (位置): every part may be unknown."""

    file: str | None = None
    page: int | None = None
    row: int | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = (
            self.file,
            f"第{self.page}页" if self.page else None,
            f"第{self.line}行" if self.line else None,
            f"表格第{self.row}行" if self.row else None,
            f"第{self.column}列" if self.column else None,
        )
        return " ".join(part for part in parts if part)


class JixiaoError(Exception):
    """Base of all errors raised on purpose.

    ``message`` says what happened and what to do about it, in Chinese; ``where`` says in
    which file, page and row.
    """

    code = "jixiao"

    def __init__(
        self, message: str, *, code: str | None = None, where: Where | None = None
    ) -> None:
        self.message = message
        self.where = where or Where()
        if code:
            self.code = code
        super().__init__(f"{self.where}：{message}" if str(self.where) else message)


class InputError(JixiaoError):
    code = "input"


class UnreadableFile(InputError):
    code = "unreadable"


class LimitExceeded(InputError):
    code = "limit"


class QueryError(JixiaoError):
    code = "query"


class QuerySyntaxError(QueryError):
    code = "query-syntax"


class QueryRefused(QueryError):
    code = "query-refused"


class NotFound(JixiaoError):
    code = "not-found"


class ConfigError(JixiaoError):
    code = "config"


class StoreError(JixiaoError):
    code = "store"
