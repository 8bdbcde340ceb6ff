"""Wide tables: one table for many projects, each named in a column of it (宽表).

A project begins where the 项目名称 column has a text, and ends where the next one begins.
Rows without a project are subtotals of units. A unit's label may be printed once above its
projects, or centred beside them.
"""

from __future__ import annotations

from ingest.layout.align import Assignment
from ingest.layout.drafts import Draft
from ingest.layout.fields import amount_yuan
from ingest.layout.labels import Column, Field
from ingest.layout.rows import Row, Token
from ingest.text import fold, join_cut, unclosed

TOTALS = frozenset({"合计", "总计", "小计", "共计", "项目合计"})


class WideTable:
    """Follows the rows of a wide table: units, projects, names that a page break cut."""

    def __init__(self) -> None:
        self.organisation: str | None = None
        self.organisations: list[str] = []
        self.unit: str | None = None
        self._block: list[Draft] = []  # projects since the last subtotal

    def row(self, roles: Assignment, row: Row, *, cut: bool) -> Draft | None:
        """The project that a row begins; None where it belongs to the one above.

        ``cut``: the row is the first one below a page break.
        """
        project = roles.get(Column.PROJECT)
        rest_of_name = cut and project is not None and self._continues(roles)
        organisation = roles.get(Column.ORGANISATION)
        if organisation and not organisation.carried:
            self._label(organisation.text, joined=rest_of_name, subtotal=Column.BUDGET in roles)
        if project is None or project.carried or fold(project.text) in TOTALS:
            return None
        if self._same_project(project, roles.get(Column.CODE)):
            return None
        if rest_of_name:
            self._join(project.text, roles.get(Column.GOAL))
            return None
        draft = self._begin(project.text, roles, row)
        self._block.append(draft)
        return draft

    def _label(self, text: str, *, joined: bool, subtotal: bool) -> None:
        """A unit's label: of what follows, or centred beside what has been read."""
        if joined and self.organisation:
            text = join_cut(self.organisation, text)
            self.organisations.pop()
        self.organisation = text
        self.organisations.append(text)
        if subtotal:
            self._block = []
        for draft in self._block:
            draft.organisation = text

    def _begin(self, name: str, roles: Assignment, row: Row) -> Draft:
        draft = Draft(name=name, named_by_form=True, of_wide_table=True, place=row.place)
        for column, key in ((Column.GOAL, Field.GOAL), (Column.CODE, Field.CODE)):
            if column in roles:
                draft.head.put(key, roles[column].text, row.place)
        if Column.BUDGET in roles:
            amount = amount_yuan(roles[Column.BUDGET].text, self.unit or "万元")
            if amount is not None:
                draft.head.amounts[Field.BUDGET] = amount
        return draft

    def _same_project(self, project: Token, code: Token | None) -> bool:
        """The name is repeated on every row of one project, not printed once above them."""
        last = self._block[-1] if self._block else None
        if last is None or last.name != project.text:
            return False
        return code is None or code.text == last.head.texts.get(Field.CODE)

    def _continues(self, roles: Assignment) -> bool:
        """Whether a project cell below a page break is the rest of the name above it."""
        last = self._block[-1] if self._block else None
        if last is None or last.name is None or Column.BUDGET in roles:
            return False
        return unclosed(last.name) or Field.BUDGET in last.head.amounts

    def _join(self, name: str, goal: Token | None) -> None:
        last = self._block[-1]
        last.name = join_cut(last.name or "", name)
        if goal:
            texts = last.head.texts
            texts[Field.GOAL] = join_cut(texts.get(Field.GOAL, ""), goal.text)
