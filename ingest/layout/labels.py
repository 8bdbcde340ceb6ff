"""The words that label columns, fields and classes, with their provincial variants (标签).

Labels are compared without blanks, brackets and their remarks: 指标值（包含数字） is 指标值.
The variants come from the five seed documents, from 财预〔2015〕88号 and 财预〔2021〕101号,
and from the tables listed in docs/layouts.md.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ingest.text import fold, without_brackets


class Column(StrEnum):
    """What a column of an indicator table holds (列)."""

    SECTION = "section"  # 绩效指标, the vertical label of the whole block
    SEQ = "seq"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "name"
    DESCRIPTION = "description"
    CRITERION = "criterion"
    OPERATOR = "operator"
    VALUE = "value"
    INTERIM = "interim"
    LONG_TERM = "long_term"
    ACTUAL = "actual"
    UNIT = "unit"
    WEIGHT = "weight"
    SCORE = "score"
    DIRECTION = "direction"
    BASIS = "basis"
    REMARK = "remark"
    ORGANISATION = "organisation"
    PROJECT = "project"
    CODE = "code"
    BUDGET = "budget"
    GOAL = "goal"


class Field(StrEnum):
    """What a key in the head of a form names (表头字段)."""

    PROJECT = "project"
    CODE = "code"
    COMPETENT = "competent_department"
    IMPLEMENTING = "implementing_unit"
    UNIT_NAME = "unit_name"
    PERIOD = "period_text"
    BUDGET = "budget_yuan"
    FISCAL = "fiscal_funds_yuan"
    OTHER_FUNDS = "other_funds_yuan"
    CARRYOVER = "carryover_yuan"
    FUNDS = "funds"
    PURPOSE = "purpose"
    PLAN = "disbursement_plan"
    GOAL = "goal_text"
    BASIS = "legal_basis"
    OVERVIEW = "overview"
    TASKS = "tasks"
    OTHER = "other"


def _table(kinds: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(pattern) for kind, pattern in kinds.items()}


_COLUMNS = _table(
    {
        Column.LEVEL1: r"一级指标|一级目标|指标类别",
        Column.LEVEL2: r"二级指标|二级目标|指标类型|指标分类",
        Column.NAME: r"三级指标|四级指标|三级目标|(绩效|具体|考核|评价)?指标(名称|内容)|具体指标|绩效指标名称|指标",
        Column.INTERIM: r"(上?半年|中期|[1-9]-?[1-9]?月|[一二三]季度).{0,4}(指标|目标|计划|完成)?值|半年(度)?(目标|指标)",
        Column.LONG_TERM: r"(中长期|长期|总体|实施期|规划期).{0,4}(指标值|目标值)",
        Column.BASIS: r"(指标值?)?(确定|设定|设置|取值|制定|设立)+依据|(指标值?|目标值?)?依据|(数据|指标|指标值)来源|佐证(资料|材料)|指标值确定依据(及.{2,10})?|绩效标准来源",
        Column.VALUE: r"(年度|全年|本年度?|当年|预期|年初|预算年度|20\d\d年度?|申报|批复|绩效|设定|三级)*"
        r"(指标|目标|计划|预期|预计)(目标|完成)?值(.{0,4}(描述|内容|单位|数值))?|(年度|全年|绩效|预期)(目标|指标)?值|(全年|年度)目标值|值|"
        r"指标值?目标值|目标(值|数值)|预期目标|指标数值|绩效标准",
        Column.ACTUAL: r"(全年|年度|实际|本年)*(实际)?完成(值|情况|数|指标值|率)?|(全年|年度)?实际(完成)?值|自评完成值|完成指标值|实际完成情况.{0,6}",
        Column.OPERATOR: r"(计算|运算|比较|指标|关系|判断|数学)?(符号|符)|指标性质|性质",
        Column.UNIT: r"(计量|度量|指标|数量|指标值|值)?单位",
        Column.WEIGHT: r"(指标|分值)?权重(分|值|%)*|分值|标准分值?|指标分值|权重分值",
        Column.SCORE: r"(自评|评价|自评价|实际)?得分|自评分|评分",
        Column.DIRECTION: r"(指标)?方向(性)?|指标方向性",
        Column.DESCRIPTION: r"(绩效)?指标(描述|解释|说明|内涵|释义|含义)(及.{2,10})?|指标值说明|(指标)?(具体)?内容描述",
        Column.CRITERION: r"(指标)?(评|扣|计|赋)+分(标准|规则|方法|办法)|评价标准|评扣?分标准|计算公式|计算方法",
        Column.REMARK: r"备注|(偏差)?原因.{0,16}|偏差.{0,20}|未完成原因.{0,16}|改进措施|说明",
        Column.SECTION: r"(年度|全年)?绩效指标(体系)?|绩效目标指标",
        Column.SEQ: r"序号|编号|行次",
        Column.ORGANISATION: r"(预算|填报|项目|部门|申报)?(单位|部门)(名称|编码及名称)?|部门单位|预算单位名称|单位(编码|代码)(名称)?",
        Column.PROJECT: r"(一级|二级)?项目(支出)?名称|项目|专项(资金)?名称|支出项目(名称)?",
        Column.CODE: r"项目(编码|代码|编号)",
        Column.BUDGET: r"(年度|项目|本年|全年)?预算(数|金额|资金|安排|额)?|(项目|年度)?(资金|金额)(总额)?|预算安排资金",
        Column.GOAL: r"(年度|总体|项目|绩效|整体|支出|全年)*(绩效)?目标",
    }
)

_FIELDS = _table(
    {
        Field.PROJECT: r"(一级|二级|申报|子)?项目(支出)?名称|专项(资金)?名称|(转移支付|政策|资金|任务)(项目)?名称|政策\(项目\)名称|项目",
        Field.CODE: r"项目(编码|代码|编号)",
        Field.COMPETENT: r"(预算|省级|市级|县级|区级|项目|业务|中央|地方|行政|财政)*主管(部门|单位)(及代码|名称|编码|代码)*|部门名称及代码",
        Field.UNIT_NAME: r"部门单位名称|(部门|单位)名称|填报单位|部门",
        Field.IMPLEMENTING: r"(项目)?(具体)?(实施|承担|申报|执行|使用|负责|用款|资金使用|预算|项目)单位(名称|及代码|编码)*|实施主体|实施部门|项目实施主体",
        Field.PERIOD: r"(项目)?(起止|实施|执行|建设|开始结束)?(时间|期限|周期|日期|年限|期|年度)|项目(起止|实施|执行)(时间|期限|周期|日期|期)|起止时间|项目日期",
        Field.BUDGET: r"(其中|年度|本年度?|当年|全年|项目|预算)*(资金|预算|金额)(总额|总数|合计|数|金额|总计|安排|申请)+(年度)?|年度预算(安排|数|金额)?|预算(数|金额|规模|安排|总额)|项目(总额|总金额|预算)|资金总额|预算资金",
        Field.FISCAL: r"(其中:?|1\.|年度|本级|当年)*(财政(拨款|资金|性资金|安排)|(本年)?一般公共预算(拨款|资金)?|(县|市|区|省|中央)级?财政(拨款|资金|补助)?|财政拨款资金)",
        Field.OTHER_FUNDS: r"(其中:?|\d\.)*(其他|其它|自有|自筹|单位)(资金|来源|自筹资金|收入)",
        Field.CARRYOVER: r"(其中:?)?上年(度)?(结转|结余)(结余)?(资金|数)?|结转(结余)?资金",
        Field.FUNDS: r"(项目|年度|预算|实施期)*(资金|预算)(情况|规模|来源|构成|安排情况)?|资金安排|预算执行(情况)?|预算规模及资金用途",
        Field.PURPOSE: r"资金用途|支出内容|资金使用(范围|方向|内容)",
        Field.PLAN: r"(资金|项目)?(支出|用款|使用)(进度)?计划|资金使用进度",
        Field.GOAL: r"(年度|年初|预期|总体|全年|项目|整体|部门|单位|支出|当年|本年度?|政策|绩效|实施期|中长期|预算)*(绩效)?目标(情况|内容|概述|及任务)?|年度总体目标|绩效总目标",
        Field.BASIS: r"(项目)?(立项|设立|政策|申报|申请|文件|法律|实施|主要|制度)+(的)?(政策)?依据(和?必要性)?|项目立项(情况|依据).{0,6}|依据",
        Field.OVERVIEW: r"(项目|政策)?(基本)?(概况|概述|简介|内容|描述|主要内容|情况|背景|基本情况|用途)",
        Field.TASKS: r"年度主要任务|(部门|年度)?职能(概述|职责)?|任务名称|主要任务",
        Field.OTHER: r"(项目)?(来源|类型|属性|类别|性质|分类|等级|总分|状态)|(项目)?负责人.{0,6}|联系(人|电话)|填(报|表)(人|日期|时间)|是否.{2,16}|资金性质|审核人|单位负责人|分管领导|电话",
    }
)

_LEVEL1 = re.compile(
    r"(?:[一二三四五六][、.])?(?:项目|单位|部门|年度|整体|资金)?"
    r"(产出|效益|效果|满意度|成本|决策|过程|管理|投入|履职效能|运行成本|管理效率|社会效应|履职|产出与效益|影响力?)"
    r"(?:类)?(指标|目标|情况)?\d{0,2}(?:分|%)?"
)
_LEVEL2_SUBJECT = (
    r"数量|质量|时效|成本|经济成本|社会成本|生态环境成本|环境成本|经济效益|社会效益|生态效益|环境效益|"
    r"可持续(?:性)?(?:影响|发展)?(?:力)?|(?:服务对象|社会公众|受益对象|受益群体|群众|公众|社会)?(?:或.{2,8})?满意度"
)
_LEVEL2 = re.compile(
    rf"(?:[一二三四五六\d]+[、.])?(?:产出|项目)?({_LEVEL2_SUBJECT})(?:类)?(指标|目标)?\d{{0,2}}(?:分|%)?"
)
_STANDARD_LEVEL2 = (
    "数量指标", "质量指标", "时效指标", "成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标",
    "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标", "满意度指标",
)  # fmt: skip
_ORDINAL = re.compile(r"^[一二三四五六七八九十\d]{1,3}[、.．]")


@lru_cache(maxsize=65536)
def _key(text: str) -> str:
    return without_brackets(fold(text)).strip(":：;；*★☆ ")


def _match(kinds: dict[str, re.Pattern[str]], text: str) -> list[str]:
    if len(text) > 40:
        return []
    key = _key(text)
    if not key:
        return []
    keys = {key, _ORDINAL.sub("", key), fold(text).strip(":：")}
    return [kind for kind, pattern in kinds.items() if any(map(pattern.fullmatch, keys))]


@lru_cache(maxsize=65536)
def columns(text: str) -> tuple[Column, ...]:
    """What a header cell may label, likeliest first; empty if it is no column label."""
    return tuple(Column(kind) for kind in _match(_COLUMNS, text))


@lru_cache(maxsize=65536)
def field(text: str) -> Field | None:
    """Which field of a form's head a cell names, if it is a key at all."""
    kinds = _match(_FIELDS, text)
    return Field(kinds[0]) if kinds else None


@lru_cache(maxsize=65536)
def level1(text: str) -> str | None:
    """The class word of a 一级指标 label (产出 in 单位产出, 产出指标(50分)), or None."""
    match = _LEVEL1.fullmatch(_key(text)) if len(text) <= 24 else None
    return match and match[1]


@lru_cache(maxsize=65536)
def level2(text: str) -> str | None:
    """The class word of a 二级指标 label (数量 in 数量指标), or None."""
    match = _LEVEL2.fullmatch(_key(text)) if len(text) <= 24 else None
    return match and match[1]


@lru_cache(maxsize=65536)
def is_cut_label(text: str) -> bool:
    """Whether the text is the beginning of a standard 二级指标 label that was cut (服务对象满)."""
    return len(text) >= 3 and any(
        label.startswith(text) and label != text for label in _STANDARD_LEVEL2
    )


def says_indicator(text: str) -> bool:
    """Whether a label word is followed by 指标, as labels of classes are and names seldom."""
    return "指标" in text or "目标" in text
