"""The register of divisions is whole, and places in titles and names are found in it."""

from __future__ import annotations

import pytest

from ontology.divisions import Division, divisions, short_name


def test_the_register_is_whole() -> None:
    register = divisions()
    current = [each for each in register if not each.former]
    by_level = {
        level: sum(each.level == level for each in current)
        for level in ("province", "prefecture", "county")
    }
    assert by_level["province"] == 34
    assert 330 <= by_level["prefecture"] <= 345
    assert by_level["county"] > 2850
    assert len({each.code for each in register}) == len(register)
    located = sum(each.lon is not None for each in current)
    assert located > 0.97 * len(current)
    assert all(70 < each.lon < 140 and 0 < each.lat < 56 for each in register if each.lon)


def test_every_parent_is_there() -> None:
    register = divisions()
    for each in register:
        assert (each.parent is None) == (each.level == "province")
        assert each.parent is None or register.get(each.parent)
        assert register.province(each).level == "province"


def test_ancestors() -> None:
    register = divisions()
    county = register.get("341825")
    assert county
    assert [each.name for each in register.ancestors(county)] == ["宣城市", "安徽省"]
    assert register.city(county) == register.get("341800")
    assert register.within(county, "340000")
    assert not register.within(county, "130000")
    district = register.get("110105")
    assert district
    assert register.city(district) is None
    assert county in register.children("341800")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("旌德县", "旌德"),
        ("秦皇岛市", "秦皇岛"),
        ("恩施土家族苗族自治州", "恩施"),
        ("内蒙古自治区", "内蒙古"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("和县", "和县"),
        ("浦东新区", "浦东"),
        ("大兴安岭地区", "大兴安岭"),
        ("香港特别行政区", "香港"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_by_name() -> None:
    register = divisions()
    assert _codes(register.by_name("旌德")) == ["341825"]
    assert _codes(register.by_name("旌德县")) == ["341825"]
    assert _codes(register.by_name("鼓楼区")) == ["320106", "320302", "350102", "410204"]
    assert _codes(register.by_name("鼓楼区", within="350000")) == ["350102"]
    assert _codes(register.by_name("抚宁县")) == ["130323"]
    assert _codes(register.by_name("恩施州")) == ["422800"]
    assert register.by_name("无此县") == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("秦皇岛市抚宁区人力资源和社会保障局", ["130306"]),
        ("宿州市人力资源和社会保障局", ["341300"]),
        ("大城县人力资源和社会保障局本级2023年单位预算", ["131025"]),
        ("旌德人社局", ["341825"]),
        ("宣城市旌德县", ["341825"]),
        ("井研县", ["511124"]),
        ("北京市朝阳区教育委员会", ["110105"]),
        ("朝阳区", ["110105", "220104"]),
        ("福州市鼓楼区财政局", ["350102"]),
        ("河北省保定市定州市", ["130682"]),
        ("恩施州水利局", ["422800"]),
        ("甘肃省临夏州积石山县", ["622927"]),
        ("昌江县", ["469026"]),
        ("马鞍山市和县财政局", ["340523"]),
        ("和县教育局2023年度", ["340523"]),
        ("湖北省恩施土家族苗族自治州恩施市", ["422801"]),
        ("洛阳市老城区", ["410302"]),
        ("重庆市云阳县", ["500235"]),
        ("济源市财政局", ["419001"]),
        ("抚宁县财政局", ["130323"]),
        ("赣州市赣县区财政局", ["360704"]),
        ("（吉林省）", ["220000"]),
    ],
)
def test_places_in_text(text: str, codes: list[str]) -> None:
    assert _codes(divisions().find_in(text)) == codes


@pytest.mark.parametrize(
    "text",
    [
        "全市和县级财政",
        "老城区改造",
        "307-县人社局部门",
        "任县长",
        "黄河南岸",
        "西部地区",
        "县域经济",
        "",
    ],
)
def test_words_that_are_no_places(text: str) -> None:
    assert divisions().find_in(text) == ()


def test_a_place_that_the_register_does_not_hold() -> None:
    assert divisions().get("999999") is None
    assert divisions().get(None) is None
    assert divisions().get("341825100000") == divisions().get("341825")


def _codes(found: tuple[Division, ...]) -> list[str]:
    return [each.code for each in found]
