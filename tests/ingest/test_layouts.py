"""The smallest real-shaped document per layout and trap, with what a careful reader reads."""

from __future__ import annotations

import pytest

from ingest.pipeline import understand
from ingest.readers import read_bytes
from ontology.model import Extraction, Indicator


def extract(text: str, name: str = "表.txt") -> Extraction:
    return understand(read_bytes(text.strip("\n").encode(), name))


def rows(indicators: tuple[Indicator, ...]) -> list[tuple[str | None, str, str | None]]:
    return [(each.level2, each.name, each.value_text) for each in indicators]


def only_project_rows(text: str, name: str = "表.txt") -> list[tuple[str | None, str, str | None]]:
    (project,) = extract(text, name).projects
    return rows(project.indicators)


def test_operator_value_and_unit_in_columns_of_their_own() -> None:
    (project,) = extract(
        """
项目支出绩效目标表（2023年度）
项目名称	农村饮水安全维修养护		主管部门	高安市水利局
一级指标	二级指标	三级指标	计算符号	目标值	度量单位
产出指标	数量指标	维修养护工程处数	≥	35	处
	质量指标	工程验收合格率	=	100	%
效益指标	社会效益指标	受益农村人口	≥	2.6	万人
满意度指标	服务对象满意度指标	受益群众满意度	≥	95	%
"""
    ).projects
    assert [(each.name, each.operator, each.value, each.unit) for each in project.indicators] == [
        ("维修养护工程处数", "≥", 35, "处"),
        ("工程验收合格率", "=", 100, "%"),
        ("受益农村人口", "≥", 2.6, "万人"),
        ("受益群众满意度", "≥", 95, "%"),
    ]
    assert project.name == "农村饮水安全维修养护"
    assert project.competent_department == "高安市水利局"


def test_table_without_levels() -> None:
    """重庆: 指标名称, 计量单位, 指标性质, 指标值, no 一级 and 二级 columns."""
    (project,) = extract(
        """
项目名称	义务教育阶段课后服务补助
当年绩效目标	保障课后服务全覆盖
指标名称	计量单位	指标性质	指标值	权重
补助学校数	所	≥	42	20
课后服务覆盖率	%	≥	98	30
资金到位及时率	%	=	100	20
学生家长满意度	%	≥	90	10
"""
    ).projects
    assert [
        (each.name, each.operator, each.value, each.unit, each.weight)
        for each in project.indicators
    ] == [
        ("补助学校数", "≥", 42, "所", 20),
        ("课后服务覆盖率", "≥", 98, "%", 30),
        ("资金到位及时率", "=", 100, "%", 20),
        ("学生家长满意度", "≥", 90, "%", 10),
    ]
    assert project.goal_text == "保障课后服务全覆盖"


def test_self_evaluation_keeps_target_and_actual_apart() -> None:
    (project,) = extract(
        """
项目支出绩效自评表（2022年度）
项目名称	基本公共卫生服务
主管部门	某县卫生健康局	实施单位	某县疾病预防控制中心
项目资金（万元）		年初预算数	全年预算数	全年执行数	分值	执行率	得分
	年度资金总额	320.00	320.00	318.50	10	99.5%	9.95
一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因分析及改进措施
产出指标	数量指标	建立居民健康档案人数	≥30000人	31250人	15	15	
	质量指标	高血压患者规范管理率	≥60%	58%	15	14.5	随访力量不足
	时效指标	资金拨付及时率	100%	100%	10	10	
效益指标	社会效益指标	居民健康知识知晓率	≥85%	86%	20	20	
满意度指标	服务对象满意度指标	居民满意度	≥90%	92%	10	10	
总分					100	99.45	
"""
    ).projects
    assert project.budget_yuan == 3_200_000
    assert [(each.name, each.value_text, each.actual_text) for each in project.indicators] == [
        ("建立居民健康档案人数", "≥30000人", "31250人"),
        ("高血压患者规范管理率", "≥60%", "58%"),
        ("资金拨付及时率", "100%", "100%"),
        ("居民健康知识知晓率", "≥85%", "86%"),
        ("居民满意度", "≥90%", "92%"),
    ]


def test_centred_labels_are_moved_back_by_order_and_content() -> None:
    read = only_project_rows(
        """
| 项目名称 | 教师培训 | | |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
|---|---|---|---|
| | | 培训班次数量 | ≥3个 |
| | 数量指标 | 培训教师人数 | ≥200人 |
| | | 送教下乡次数 | ≥6次 |
| | | 培训合格率 | ≥95% |
| 产出指标 | 质量指标 | 参训教师出勤率 | ≥98% |
| | | 课程完成率 | 100% |
| | | 培训完成时间 | 12月底前 |
| | 时效指标 | 经费拨付及时性 | 及时 |
| | 成本指标 | 人均培训成本 | ≤400元 |
| 效益指标 | 社会效益指标 | 提升教师队伍素质 | 明显提升 |
| 满意度指标 | 服务对象满意度指标 | 参训教师满意度 | ≥95% |
"""
    )
    assert [level2 for level2, _, _ in read] == [
        *["数量指标"] * 3,
        *["质量指标"] * 3,
        *["时效指标"] * 2,
        "成本指标",
        "社会效益指标",
        "服务对象满意度指标",
    ]


def test_clear_print_is_believed_whatever_the_indicator_says() -> None:
    read = only_project_rows(
        """
一、城市管护绩效目标表
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
|---|---|---|---|
| 产出指标 | 成本指标 | 受益人数 | ≥500人 |
| | 时效指标 | 路灯完好率 | ≥98% |
| | 数量指标 | 管护支出 | ≤30万元 |
| 效益指标 | 经济效益指标 | 群众满意度 | 满意 |
"""
    )
    assert [level2 for level2, _, _ in read] == ["成本指标", "时效指标", "数量指标", "经济效益指标"]


def test_slipped_columns() -> None:
    read = only_project_rows(
        """
项目名称	残疾人康复服务				
绩效指标	一级指标	二级指标	三级指标	指标值	
	产出指标	数量指标		康复服务人数	≥300人
				辅具适配件数	≥120件
			质量指标	康复服务率	≥85%
		成本指标		人均补助标准	2000元/人
	家庭无障碍改造补助		3500元/户		
满意度指标	满意度指标	残疾人满意度	≥95%		
"""
    )
    assert read == [
        ("数量指标", "康复服务人数", "≥300人"),
        ("数量指标", "辅具适配件数", "≥120件"),
        ("质量指标", "康复服务率", "≥85%"),
        ("成本指标", "人均补助标准", "2000元/人"),
        ("成本指标", "家庭无障碍改造补助", "3500元/户"),
        ("满意度指标", "残疾人满意度", "≥95%"),
    ]


def test_rows_cut_by_a_page_break_are_joined() -> None:
    (project,) = extract(
        """
项目名称	公益林管护补助
一级指标	二级指标	三级指标	绩效指标描述	指标值	指标值确定依据
产出指标	数量指标	管护公益林面	纳入补偿的公益林	≥12万亩	冀财农【2022】

一级指标	二级指标	三级指标	绩效指标描述	指标值	指标值确定依据
		积	面积		85号
	质量指标	管护合格率	合格面积占比	≥95%	冀财农【2022】85号
满意度指标	服务对象满	林农满意度	林农满意	≥90%	问卷

	意度指标		程度		
"""
    ).projects
    first, second, third = project.indicators
    assert (first.name, first.description, first.basis) == (
        "管护公益林面积",
        "纳入补偿的公益林面积",
        "冀财农【2022】85号",
    )
    assert second.name == "管护合格率"
    assert third.level2 == "服务对象满意度指标"
    assert third.description == "林农满意程度"
    assert [basis.doc_no for basis in project.legal_bases] == ["冀财农〔2022〕85号"]


def test_wide_table_opens_a_project_per_named_row_and_skips_totals() -> None:
    extraction = extract(
        """
部门预算项目绩效目标表（2024年度）
金额单位：元
单位名称	项目名称	预算数	年度目标	一级指标	二级指标	三级指标	指标性质	指标值	度量单位	权重	指标方向性
201-县交通运输局		1,350,000.00									
	农村公路养护	1,200,000.00	养护农村公路260公里	产出指标	数量指标	养护里程	≥	260	公里	50	正向指标
				满意度指标	服务对象满意度指标	群众满意度	≥	90	%	10	正向指标
	应急抢险	150,000.00	及时抢通	产出指标	时效指标	抢通时间	≤	24	小时	40	反向指标
	合计	1,350,000.00									
"""
    )
    assert [
        (each.name, each.budget_yuan, each.goal_text, len(each.indicators))
        for each in extraction.projects
    ] == [
        ("农村公路养护", 1_200_000, "养护农村公路260公里", 2),
        ("应急抢险", 150_000, "及时抢通", 1),
    ]
    row = extraction.projects[1].indicators[0]
    assert (row.operator, row.value, row.unit, row.weight, row.direction) == (
        "≤",
        24,
        "小时",
        40,
        "反向指标",
    )


def test_merged_cells_of_html_give_each_row_its_class() -> None:
    read = only_project_rows(
        """
<html><body><p>项目支出绩效目标表</p><table>
<tr><td>项目名称</td><td colspan="3">城乡医疗救助</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td rowspan="3">产出指标</td><td rowspan="2">数量指标</td><td>资助参保人数</td><td>≥2300人</td></tr>
<tr><td>救助人次</td><td>≥860人次</td></tr>
<tr><td>质量指标</td><td>一站式结算率</td><td>≥95%</td></tr>
<tr><td>效益指标</td><td>生态效益指标</td><td>生态效益指标</td><td>不适用</td></tr>
</table></body></html>
""",
        "表.html",
    )
    assert read == [
        ("数量指标", "资助参保人数", "≥2300人"),
        ("数量指标", "救助人次", "≥860人次"),
        ("质量指标", "一站式结算率", "≥95%"),
        ("生态效益指标", "生态效益指标", "不适用"),
    ]


def test_label_alone_is_no_indicator() -> None:
    read = only_project_rows(
        """
项目名称	文化惠民演出
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	演出场次	≥60场
	质量指标		
	时效指标	演出完成时间	11月底前
	可持续影响指标		
"""
    )
    assert [(level2, name) for level2, name, _ in read] == [
        ("数量指标", "演出场次"),
        ("时效指标", "演出完成时间"),
    ]


def test_several_forms_in_one_table() -> None:
    extraction = extract(
        """
项目名称	校舍维修	主管部门	县教育局
年度资金总额（万元）	80
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	维修校舍面积	≥3000平方米
项目名称	营养改善计划	主管部门	县教育局
年度资金总额（万元）	260.5
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	受益学生数	≥8600人
"""
    )
    assert [
        (each.name, each.budget_yuan, len(each.indicators)) for each in extraction.projects
    ] == [
        ("校舍维修", 800_000, 1),
        ("营养改善计划", 2_605_000, 1),
    ]


def test_unit_goal_is_no_project() -> None:
    extraction = extract(
        """
# 部门整体支出绩效目标表
| 部门（单位）名称 | 某市民政局 | | |
| 年度总体目标 | 保障基本民生 | | |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
|---|---|---|---|
| 产出指标 | 数量指标 | 低保对象保障人数 | ≥12000人 |
| 满意度指标 | 满意度指标 | 困难群众满意度 | ≥90% |
"""
    )
    assert extraction.projects == ()
    assert extraction.unit_goal is not None
    assert rows(extraction.unit_goal.indicators) == [
        ("数量指标", "低保对象保障人数", "≥12000人"),
        ("满意度指标", "困难群众满意度", "≥90%"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "某县财政局关于做好2024年预算公开工作的通知\n\n请各单位按照要求公开绩效目标，数量指标不少于3个。\n",
        "部门收支总表\n\n科目\t本年预算\t上年预算\n教育支出\t1200\t1100\n合计\t1200\t1100\n",
        "| 单位名称 | 单位性质 | 单位规格 |\n|---|---|---|\n| 某局本级 | 机关 | 正科级 |\n",
        "目 录\n一、产出指标.....1\n二、效益指标.....3\n",
    ],
)
def test_documents_without_a_goal_table_yield_nothing(text: str) -> None:
    extraction = extract(text)
    assert extraction.projects == ()
    assert extraction.unit_goal is None


def test_project_names_of_headings_and_contents() -> None:
    extraction = extract(
        """
目 录
1.水库移民后期扶持绩效目标表.....5
2.2023 年小型水库维修养护绩效目标表.....6

1.水库移民后期扶持绩效目标表
| 绩效目标 | 改善移民生产生活条件 | | |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
|---|---|---|---|
| 产出指标 | 数量指标 | 直补移民人数 | ≥1500人 |

2.2023 年小型水库维修养护绩效目标表
| 绩效目标 | 保障水库安全 | | |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
|---|---|---|---|
| 产出指标 | 数量指标 | 维修养护水库数量 | =16座 |
"""
    )
    assert [(each.name, each.goal_text) for each in extraction.projects] == [
        ("水库移民后期扶持", "改善移民生产生活条件"),
        ("2023年小型水库维修养护", "保障水库安全"),
    ]


def test_payment_plan_is_read_by_column() -> None:
    (project,) = extract(
        """
单位：万元
项目编码	13030624P0001	项目名称	防汛物资储备		
预算规模及资金用途	预算数	12.50	其中：财政资金	12.50	其他资金
	采购防汛物资				
资金支出计划（%）	3月底		6月底	10月底	12月底
			50%		100%
绩效目标	1.保障防汛物资 2.提升应急能力				
一级指标	二级指标	三级指标	绩效指标描述	指标值	指标值确定依据
产出指标	数量指标	储备物资种类	物资种类数	≥8种	工作计划
"""
    ).projects
    assert project.disbursement_plan == {"6": 50, "12": 100}
    assert (project.budget_yuan, project.fiscal_funds_yuan, project.other_funds_yuan) == (
        125_000,
        125_000,
        None,
    )
    assert project.code == "13030624P0001"
    assert project.goal_text == "1.保障防汛物资 2.提升应急能力"


def test_numbered_sections_and_table_make_one_project() -> None:
    (project,) = extract(
        """
某县民政局2024年部门项目及绩效目标情况

1. 高龄津贴项目

(1) 项目概述。为80周岁以上老年人发放高龄津贴。

(2) 立项依据。《关于建立高龄津贴制度的通知》（皖民发〔2019〕23号）。

(3) 实施主体。某县民政局。

(6) 年度预算安排。155 万元。

(7) 绩效目标。

项目支出绩效目标表

(2024年度)

项目名称	高龄津贴			
项目资金 (万元)	年度资金总额:	155.00		
	其中:财政拨款	155.00		
	上年结转	0.00		
绩效指标	一级指标	二级指标	三级指标	指标值
	产出指标	数量指标	发放人数	≥4600人
"""
    ).projects
    assert project.name == "高龄津贴"
    assert (project.budget_yuan, project.carryover_yuan) == (1_550_000, 0)
    (basis,) = project.legal_bases
    assert (basis.title, basis.doc_no) == ("关于建立高龄津贴制度的通知", "皖民发〔2019〕23号")


def test_one_cell_per_line() -> None:
    (project,) = extract(
        """
项目支出绩效目标表
项目名称
森林防火
主管部门
某县林业局
年度资金总额（万元）
46
一级指标
二级指标
三级指标
指标值
产出指标
数量指标
防火道维护里程
≥120公里
巡护人员数
=86人
质量指标
火灾扑救率
100%
成本指标
成本指标
巡护补助标准
500元/人/月
效益指标
生态效益指标
森林覆盖率
≥62%
满意度指标
服务对象满意度指标
群众满意度
≥90%
"""
    ).projects
    assert (project.name, project.budget_yuan) == ("森林防火", 460_000)
    assert rows(project.indicators) == [
        ("数量指标", "防火道维护里程", "≥120公里"),
        ("数量指标", "巡护人员数", "=86人"),
        ("质量指标", "火灾扑救率", "100%"),
        ("成本指标", "巡护补助标准", "500元/人/月"),
        ("生态效益指标", "森林覆盖率", "≥62%"),
        ("服务对象满意度指标", "群众满意度", "≥90%"),
    ]


def test_long_term_and_annual_halves_side_by_side() -> None:
    """湖北: 实施期 and 年度 halves; the annual half holds the targets of the budget year."""
    read = only_project_rows(
        """
<table><tr><td>项目名称</td><td colspan="6">耕地地力保护</td></tr>
<tr><td rowspan="2">一级指标</td><td colspan="3">长期目标</td><td colspan="3">年度目标</td></tr>
<tr><td>二级指标</td><td>三级指标</td><td>指标值</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>累计补贴面积</td><td>≥300万亩</td><td>数量指标</td><td>补贴面积</td><td>≥100万亩</td></tr>
</table>
""",
        "表.html",
    )
    assert ("数量指标", "补贴面积", "≥100万亩") in read


def test_placeholders_of_an_empty_form_are_no_rows() -> None:
    extraction = extract(
        """
项目名称	×××项目
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	指标1：	
		指标2：	
		……	
	质量指标	指标1：	
"""
    )
    assert sum(len(project.indicators) for project in extraction.projects) == 0


def test_project_name_repeated_on_every_row_is_one_project() -> None:
    extraction = extract(
        """
项目名称	项目编码	一级指标	二级指标	三级指标	指标值
河道清淤	A01	产出指标	数量指标	清淤长度	≥12公里
河道清淤	A01	产出指标	质量指标	验收合格率	100%
河道清淤	A02	产出指标	数量指标	清淤长度	≥3公里
"""
    )
    assert [(each.name, each.code, len(each.indicators)) for each in extraction.projects] == [
        ("河道清淤", "A01", 2),
        ("河道清淤", "A02", 1),
    ]


def test_columns_of_unknown_labels_take_their_cells_away_from_the_others() -> None:
    (project,) = extract(
        """
项目名称	公路养护
一级指标	二级指标	三级指标	运算符号	目标值	度量单位	完成时限	责任科室
产出指标	数量指标	养护公路里程	≥	46	公里	2024年12月	养护股
满意度指标	服务对象满意度指标	群众满意度	≥	90	%	2024年12月	办公室
"""
    ).projects
    assert [(each.name, each.value_text, each.unit) for each in project.indicators] == [
        ("养护公路里程", "≥46公里", "公里"),
        ("群众满意度", "≥90%", "%"),
    ]


def test_contents_column_beside_the_name_is_a_description() -> None:
    """云南: 单位名称、项目名称 in one column, 指标属性 and 指标内容 behind the value."""
    extraction = extract(
        """
单位名称、项目名称	项目年度绩效目标	一级指标	二级指标	三级指标	指标性质	指标值	度量单位	指标属性	指标内容
某县农业农村局									
高标准农田建设	建成高标准农田2万亩	产出指标	数量指标	建设面积	>=	2	万亩	定量指标	年内建成面积
		效益指标	社会效益指标	粮食产能提升	=	提升	无	定性指标	亩产提高情况
"""
    )
    (project,) = extraction.projects
    assert (project.name, project.goal_text) == ("高标准农田建设", "建成高标准农田2万亩")
    first, second = project.indicators
    assert (first.name, first.operator, first.value, first.unit, first.description) == (
        "建设面积",
        "≥",
        2,
        "万亩",
        "年内建成面积",
    )
    assert (second.name, second.qualitative) == ("粮食产能提升", "提升")


def test_classes_over_groups_of_columns() -> None:
    """河南: each 一级 class has its own 三级指标 and 指标值 columns, side by side."""
    extraction = extract(
        """
<table>
<tr><td rowspan="2">项目名称</td><td rowspan="2">绩效目标</td><td colspan="2">产出指标</td><td colspan="2">效益指标</td><td colspan="2">满意度指标</td></tr>
<tr><td>三级指标</td><td>指标值</td><td>三级指标</td><td>指标值</td><td>三级指标</td><td>指标值</td></tr>
<tr><td rowspan="2">校园安防</td><td rowspan="2">保障校园安全</td><td>配备保安人数</td><td>≥120人</td><td>校园安全事故数</td><td>0起</td><td>家长满意度</td><td>≥95%</td></tr>
<tr><td>监控覆盖率</td><td>100%</td><td></td><td></td><td></td><td></td></tr>
</table>
""",
        "表.html",
    )
    (project,) = extraction.projects
    assert project.name == "校园安防"
    assert sorted(
        (each.level1 or "", each.name, each.value_text or "") for each in project.indicators
    ) == sorted(
        [
            ("产出指标", "配备保安人数", "≥120人"),
            ("产出指标", "监控覆盖率", "100%"),
            ("效益指标", "校园安全事故数", "0起"),
            ("满意度指标", "家长满意度", "≥95%"),
        ]
    )


def test_value_of_the_budget_year_among_past_years() -> None:
    """湖北: 前年, 上年 and 预计当年实现 under 指标值."""
    read = only_project_rows(
        """
<table>
<tr><td>项目名称</td><td colspan="6">图书馆免费开放</td></tr>
<tr><td rowspan="2">一级指标</td><td rowspan="2">二级指标</td><td rowspan="2">三级指标</td><td colspan="3">指标值</td><td rowspan="2">绩效标准</td></tr>
<tr><td>前年</td><td>上年</td><td>预计当年实现</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>接待读者人次</td><td>18万人次</td><td>20万人次</td><td>≥22万人次</td><td>历史标准</td></tr>
</table>
""",
        "表.html",
    )
    assert read == [("数量指标", "接待读者人次", "≥22万人次")]


def test_a_value_column_per_county_gives_the_first_value_and_no_row_of_names() -> None:
    """福建: 目标值 over 全省, 福州市 …; the table's title is a cell over its whole width."""
    (project,) = extract(
        """
<table><tr><td colspan=6>2022年困难群众救助补助资金绩效目标表</td></tr>
<tr><td rowspan=2>一级指标</td><td rowspan=2>二级指标</td><td rowspan=2>三级指标</td><td colspan=3>目标值</td></tr>
<tr><td>全省</td><td>福州市</td><td>厦门市</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>保障低保人数</td><td>≥52万人</td><td>≥6万人</td><td>≥2万人</td></tr></table>
""",
        "表.html",
    ).projects
    assert project.name == "2022年困难群众救助补助资金"
    assert rows(project.indicators) == [("数量指标", "保障低保人数", "≥52万人")]


def test_subtotals_of_units_in_the_project_column_are_no_projects() -> None:
    """湖南: 单位（专项）名称 holds units and projects."""
    extraction = extract(
        """
单位代码	单位（专项）名称	资金总额	年度绩效目标	一级指标	二级指标	三级指标	指标值	指标值内容	度量单位	指标值类型
401	某县交通运输局	860.00								
401001	农村公路养护专项	560.00	养护县乡道	产出指标	数量指标	养护里程	280	养护280公里	公里	≥
				满意度指标	服务对象满意度指标	群众满意度	90	90%以上	%	≥
"""
    )
    (project,) = extraction.projects
    assert project.name == "农村公路养护专项"
    assert [(each.name, each.operator, each.value, each.unit) for each in project.indicators] == [
        ("养护里程", "≥", 280, "公里"),
        ("群众满意度", "≥", 90, "%"),
    ]


def test_the_unit_behind_a_name_is_the_unit_of_a_bare_number() -> None:
    (project,) = extract(
        """
资金名称	衔接推进乡村振兴补助资金
年度金额：	56000
其中：中央补助	50000
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	支持产业项目数量（个）	≥120
	质量指标	项目（工程）验收合格率	100
"""
    ).projects
    assert (project.budget_yuan, project.fiscal_funds_yuan) == (560_000_000, 500_000_000)
    assert [(each.value_text, each.value, each.unit) for each in project.indicators] == [
        ("≥120", 120, "个"),
        ("100", 100, None),
    ]


def test_half_year_values_are_not_the_target() -> None:
    """江苏: 决策, 过程, 产出, 效益 with 半年 and 全年 values."""
    (project,) = extract(
        """
2023年度项目绩效目标表
项目名称	城市内涝治理
一级指标	二级指标	三级指标	半年（程）目标值	全年（程）目标值
过程	资金管理	预算执行率	≥50%	=100%
产出	数量指标	改造积水点数量	≥5处	=12处
满意度	服务对象满意度	市民满意度	≥85%	≥90%
"""
    ).projects
    assert [(each.level1, each.name, each.value_text) for each in project.indicators] == [
        ("过程指标", "预算执行率", "=100%"),
        ("产出指标", "改造积水点数量", "=12处"),
        ("满意度指标", "市民满意度", "≥90%"),
    ]
    assert project.implementing_unit is None


def test_the_rest_of_a_table_on_a_page_with_its_own_columns() -> None:
    read = only_project_rows(
        """
<table>
<tr><td colspan="2">项目名称</td><td colspan="5">乡村医生补助</td></tr>
<tr><td>一级指标</td><td colspan="2">二级指标</td><td colspan="2">三级指标</td><td colspan="2">指标值</td></tr>
<tr><td>产出指标</td><td colspan="2">数量指标</td><td colspan="2">补助村医人数</td><td colspan="2">≥320人</td></tr>
</table>
<table>
<tr><td></td><td>时效指标</td><td>补助发放时间</td><td>12月底前</td></tr>
<tr><td>满意度指标</td><td>服务对象满意度指标</td><td>村医满意度</td><td>≥90%</td></tr>
</table>
""",
        "表.html",
    )
    assert read == [
        ("数量指标", "补助村医人数", "≥320人"),
        ("时效指标", "补助发放时间", "12月底前"),
        ("服务对象满意度指标", "村医满意度", "≥90%"),
    ]


def test_a_table_of_scores_states_no_targets() -> None:
    extraction = extract(
        """
部门整体支出绩效评价得分表
一级指标	二级指标	三级指标	分值	评分标准	得分
过程	预算执行	预算完成率	5	≥95%得满分	4.8
产出	职责履行	实际完成率	10	按比例	10
"""
    )
    assert extraction.projects == ()
    assert extraction.unit_goal is None
