"""Document-number prefixes tell the issuer, from the place where they are cited."""

from __future__ import annotations

import pytest

from ontology.prefixes import resolve, split_number


@pytest.mark.parametrize(
    ("prefix", "seen_from", "name", "level", "code"),
    [
        ("国发", None, "国务院", "国家", None),
        ("国办发", "341825", "国务院办公厅", "国家", None),
        ("财预", None, "财政部", "部委", None),
        ("财社", "341825", "财政部", "部委", None),
        ("人社部发", None, "人力资源和社会保障部", "部委", None),
        ("发改价格", None, "国家发展和改革委员会", "部委", None),
        ("国务院令", None, "国务院", "国家", None),
        ("皖人社发", None, "安徽省人力资源和社会保障厅", "省", "340000"),
        ("皖人社秘", "341825", "安徽省人力资源和社会保障厅", "省", "340000"),
        ("冀财社", "131025", "河北省财政厅", "省", "130000"),
        ("川教", None, "四川省教育厅", "省", "510000"),
        ("粤府办", None, "广东省人民政府办公厅", "省", "440000"),
        ("内蒙古财社", None, "内蒙古自治区财政厅", "省", "150000"),
        ("秦财企", "130306", "秦皇岛市财政局", "市", "130300"),
        ("廊财预", "131025", "廊坊市财政局", "市", "131000"),
        ("旌人社秘", "341825", "旌德县人力资源和社会保障局", "县", "341825"),
        ("旌发", "341825", "中共旌德县委员会", "县", "341825"),
        ("抚编批字", "130306", "中共抚宁区委机构编制委员会", "县", "130306"),
        ("井府发", "511124", "井研县人民政府", "县", "511124"),
        ("宁财社", "320100", "南京市财政局", "市", "320100"),
        ("宁财社", "640104", "宁夏回族自治区财政厅", "省", "640000"),
        ("甬人社发", None, "宁波市人力资源和社会保障局", "市", "330200"),
        ("青财社", "370200", "青岛市财政局", "市", "370200"),
        ("苏政发", "341825", "江苏省人民政府", "省", "320000"),
        ("旌德县政办", None, "旌德县人民政府办公室", "县", "341825"),
    ],
)
def test_known(prefix: str, seen_from: str | None, name: str, level: str, code: str | None) -> None:
    issuer = resolve(prefix, seen_from)
    assert issuer
    assert (issuer.name, issuer.level, issuer.region_code) == (name, level, code)


@pytest.mark.parametrize(
    ("prefix", "seen_from"),
    [
        ("旌人社秘", None),
        ("秦财企", None),
        ("劳社", "341825"),
        ("某某", None),
        ("皖", None),
        ("", None),
    ],
)
def test_what_cannot_be_told_stays_unknown(prefix: str, seen_from: str | None) -> None:
    assert resolve(prefix, seen_from) is None


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("皖人社发〔2021〕16号", ("皖人社发", 2021)),
        ("〔2019〕65号", (None, 2019)),
        ("国务院令第586号", ("国务院令", None)),
        ("国务院令586号", ("国务院令", None)),
        ("财政部税务总局公告2019年第4号", ("财政部税务总局公告", 2019)),
        ("174号", (None, None)),
    ],
)
def test_parts_of_a_number(number: str, parts: tuple[str | None, int | None]) -> None:
    assert split_number(number) == parts
