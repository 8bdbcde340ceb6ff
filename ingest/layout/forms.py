"""One walk through a document: which rows, facts and texts belong to which project (表单).

A form begins at a project's name, in a table's head, in a column of a wide table, or in a
heading, and ends where the next one begins. Tables that a page break cut go on where they
stopped: the header and the form stay in force until prose or a new head ends them.
"""

from __future__ import annotations

import re

from ingest.grid import Line, Source
from ingest.layout import prose
from ingest.layout.align import assign
from ingest.layout.drafts import Draft, Forms, RowDraft
from ingest.layout.fields import HeadReader, begins_with_key, keys
from ingest.layout.flat import unflatten
from ingest.layout.header import WIDEST, Header, read_header, refine, under_classes
from ingest.layout.labels import Column, Field, columns, level1, level2, says_indicator
from ingest.layout.rows import Row, table_rows
from ingest.layout.wide import TOTALS, WideTable
from ingest.text import clean, fold, join_cut
from ontology.model import Issue, Place

_HEAD_OF_FORM = frozenset(
    {Field.PROJECT, Field.CODE, Field.COMPETENT, Field.IMPLEMENTING, Field.FUNDS, Field.BUDGET}
)
_SECTIONS = frozenset(
    {
        Field.OVERVIEW,
        Field.BASIS,
        Field.IMPLEMENTING,
        Field.PERIOD,
        Field.BUDGET,
        Field.GOAL,
        Field.PURPOSE,
    }
)
_NOT_NAMED = re.compile(r"无|指标\d*[:：]?|[-/.…·—×x*]+")  # the blanks of an empty form
_NOTE = (
    "注:",
    "注1",
    "说明:",
    "备注",
    "填报",
    "填表",
    "审核",
    "联系",
    "单位负责人",
    "总分",
    "合计",
)


def read_forms(source: Source) -> Forms:
    """Walk through a document's blocks once."""
    walker = _Walker()
    for block in unflatten(source.blocks):
        if isinstance(block, Line):
            walker.line(block)
        else:
            walker.begin_table()
            for row in table_rows(block):
                walker.row(row)
    return Forms(
        tuple(walker.drafts),
        tuple(walker.issues),
        (*walker.organisations, *walker.wide.organisations),
    )


class _Walker:
    """The state of the walk: the open form, the header in force, the last heading."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.issues: list[Issue] = []
        self.organisations: list[str] = []
        self._draft: Draft | None = None
        self._heading: prose.Heading | None = None
        self._heading_place = Place()
        self._header: Header | None = None
        self._head_reader: HeadReader | None = None
        self._unit: str | None = None
        self._organisation: str | None = None
        self._open_section: Field | None = None
        self._after_break = False
        self.wide = WideTable()
        self._row_above: Row | None = None
        self._groups: tuple[Header, ...] = ()
        self._header_just_read = False
        self._labels_above: list[str] = []

    # -- prose ---------------------------------------------------------------------------

    def line(self, line: Line) -> None:
        text = clean(line.text)
        if not text or prose.is_contents_line(line.text):
            return
        unit = prose.money_unit(text)
        if unit:
            self._unit = self.wide.unit = unit
            return
        organisation = prose.organisation_line(line.text)
        if organisation:
            self._organisation = organisation
            self.organisations.append(organisation)
            return
        if len(text) <= 3 or text.isdigit():  # page numbers, 续表
            return
        labelled = prose.section(text)
        heading = None if labelled else prose.heading(line)
        if labelled and labelled[0] in _SECTIONS:
            self._section(*labelled, line)
        elif heading:
            self._new_heading(heading, line.place)
        elif self._open_section and self._draft:
            before, place = self._draft.sections.get(self._open_section, ("", line.place))
            self._draft.sections[self._open_section] = (before + text, place)
        if not self._is_remark(text):
            self._header = None
            self._head_reader = None

    @staticmethod
    def _is_remark(text: str) -> bool:
        return text.startswith(("(", "（")) and len(text) <= 14

    def _new_heading(self, heading: prose.Heading, place: Place) -> None:
        self._open_section = None
        if heading.name is None and heading.opens != "unit":
            return  # 项目支出绩效目标表: the form below names itself
        self._heading, self._heading_place = heading, place

    def _section(self, key: Field, text: str, line: Line) -> None:
        if self._heading and self._heading.numbered and self._heading.opens != "unit":
            self._open_from_heading()
        draft = self._draft
        if draft is None or draft.is_unit:
            return
        self._open_section = key
        if text:
            draft.sections[key] = (text, line.place)

    # -- forms ---------------------------------------------------------------------------

    def _open(self, draft: Draft) -> Draft:
        draft.organisation = draft.organisation or self._organisation
        self.drafts.append(draft)
        self._draft = draft
        self._head_reader = HeadReader(draft.head, self._unit)
        self._labels_above = []
        self._open_section = None
        return draft

    def _open_from_heading(self) -> Draft:
        heading, self._heading = self._heading, None
        if heading is None:
            return self._open(Draft())
        return self._open(
            Draft(
                is_unit=heading.opens == "unit",
                name=heading.name,
                heading=heading.name,
                place=self._heading_place,
            )
        )

    def _current(self) -> Draft:
        """The form that the next table rows belong to; a newer heading opens its own."""
        if self._heading is not None or self._draft is None:
            return self._open_from_heading()
        return self._draft

    def _within_head(self) -> bool:
        """Whether the last heading is only a line inside an open head, cut by a page break."""
        heading, draft = self._heading, self._draft
        if heading is None or draft is None or draft.rows or not draft.head.texts:
            return False
        inside = heading.opens == "any" and not heading.numbered
        if inside:
            self._heading = None
        return inside

    # -- tables --------------------------------------------------------------------------

    def begin_table(self) -> None:
        self._after_break = self._header is not None

    def row(self, row: Row) -> None:
        just_read, self._header_just_read = self._header_just_read, False
        if self._is_title(row):
            self.line(Line(row.own[0].text, row.place, heading=True))
            return
        above, self._row_above = self._row_above, row
        header = read_header(row)
        if header:
            self._new_header(header, above)
            return
        if self._header and just_read:
            refined = refine(self._header, row)
            if refined:
                self._header, self._groups = refined, refined.groups()
                self._header_just_read = True
                return
            if any(token.carried and columns(token.text) for token in row.tokens):
                return  # labels of a second header row that are not known: names of counties
        if self._header is None or self._is_head_row(row):
            self._head_row(row)
        elif self._header.states_targets:
            for group in self._groups:
                self._indicator_row(row, group.fitted(row))
            self._after_break = False

    def _is_title(self, row: Row) -> bool:
        """One cell over the whole width of a table, above its head or header: its title."""
        if self._header is not None or not row.exact or len(row.tokens) != 1:
            return False
        return row.own[0].colspan >= 3 and not begins_with_key(row)

    def _new_header(self, header: Header, above: Row | None) -> None:
        if self._header is not None:
            self._after_break = True
        self._header, self._groups = header, under_classes(header.groups(), above)
        self._header_just_read = True
        if not header.has(Column.PROJECT):
            self._current()

    def _is_head_row(self, row: Row) -> bool:
        """A key–value row below indicator rows begins the next form in the same table."""
        header = self._header
        if header is None or header.has(Column.PROJECT) or not begins_with_key(row):
            return False
        if any(level2(token.text) and says_indicator(token.text) for token in row.tokens):
            return False
        return keys(row)[0] in _HEAD_OF_FORM | {Field.GOAL} and len(row.own) >= 2

    def _head_row(self, row: Row) -> None:
        draft = self._draft_of_head(row)
        if draft is None:
            return
        self._header = None
        if self._head_reader is None:
            self._head_reader = HeadReader(draft.head, self._unit)
        self._head_reader.row(row)
        name = draft.head.texts.get(Field.PROJECT)
        if name and not draft.named_by_form and not _NOT_NAMED.fullmatch(fold(name)):
            draft.name, draft.named_by_form, draft.is_unit = name, True, False
            draft.place = row.place

    def _draft_of_head(self, row: Row) -> Draft | None:
        """The form that a key–value row belongs to: the open one, or a new one."""
        named, draft = keys(row), self._draft
        if not named and self._heading is None:
            return draft
        if named[:1] == [Field.UNIT_NAME] and Field.PROJECT not in named:
            if draft is None or draft.rows or not draft.is_unit:
                return self._open(Draft(is_unit=True, place=row.place))
            return draft
        if self._heading is not None and named and not self._within_head():
            return self._open_from_heading()
        names_project = Field.PROJECT in named
        complete = draft is None or bool(draft.rows) or (names_project and draft.is_unit)
        named_again = names_project and draft is not None and draft.named_by_form
        if named_again or (complete and not _HEAD_OF_FORM.isdisjoint(named)):
            return self._open(Draft(place=row.place))
        return draft

    # -- indicator rows --------------------------------------------------------------------

    def _indicator_row(self, row: Row, header: Header) -> None:
        if len(row.tokens) > WIDEST:
            self._doubt("row-not-read", f"一行有 {len(row.tokens)} 个单元格，未按指标读取。", row)
            return
        if self._after_break and self._join_cut_row(row, header):
            return
        roles = assign(row, header)
        if header.has(Column.PROJECT):
            opened = self.wide.row(roles, row, cut=self._after_break)
            if opened:
                opened.organisation = self.wide.organisation
                self._open(opened)
        texts = {role: token.text for role, token in roles.items()}
        name, value = texts.get(Column.NAME), texts.get(Column.VALUE)
        labels = [roles[role] for role in (Column.LEVEL1, Column.LEVEL2) if role in roles]
        if name is None:
            self._labels_above += [token.text for token in labels if level2(token.text)]
            if value is not None and not header.has(Column.PROJECT):
                self._doubt("row-without-name", f"有指标值而无指标名称：{value}", row)
            return
        if _is_no_indicator(texts):
            if len(row.own) > 1 or value:
                self._doubt("row-not-read", f"未识别为指标的行：{row.place.text}", row)
            return
        draft = self._draft or self._open_from_heading()
        draft.rows.append(
            RowDraft(
                texts=texts,
                place=row.place,
                level1=texts.get(Column.LEVEL1, header.level1),
                level2=texts.get(Column.LEVEL2),
                before=tuple(self._labels_above),
            )
        )
        self._labels_above = []

    def _join_cut_row(self, row: Row, header: Header) -> bool:
        """Join the pieces of a row that a page break cut to the row above; False: it is whole."""
        draft = self._draft
        if draft is None or not draft.rows or header.has(Column.PROJECT):
            return False
        pieces = {header.role_at(token.col): token.text for token in row.own}
        if None in pieces or (Column.NAME in pieces and Column.VALUE in pieces):
            return False
        if any(level1(text) or (level2(text) and says_indicator(text)) for text in pieces.values()):
            return False
        last = draft.rows[-1]
        if any(role not in last.texts for role in pieces):
            return False
        for role, text in pieces.items():
            if role is not None:
                last.texts[role] = join_cut(last.texts[role], text)
        last.level2 = last.texts.get(Column.LEVEL2, last.level2)
        return True

    def _doubt(self, code: str, message: str, row: Row) -> None:
        self.issues.append(Issue(code, message, row.place))


def _is_no_indicator(texts: dict[Column, str]) -> bool:
    """Totals, notes and labels alone, which stand where an indicator's name would."""
    name = fold(texts[Column.NAME])
    if name in TOTALS or name.startswith(_NOTE) or _NOT_NAMED.fullmatch(name):
        return True
    has_value = any(
        role in texts for role in (Column.VALUE, Column.OPERATOR, Column.ACTUAL, Column.UNIT)
    )
    has_label = Column.LEVEL2 in texts or Column.LEVEL1 in texts
    if has_value:
        return False
    if columns(texts[Column.NAME]) or (level2(name) and not has_label):
        return True
    return not has_label
