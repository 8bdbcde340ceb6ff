import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import ConfigError
from web.settings import DEFAULT, SETTINGS, load


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_defaults_say_that_they_are_defaults():
    settings = load({})
    assert settings.data == Path("data")
    assert {settings.origin(each.name) for each in SETTINGS} == {DEFAULT}


def test_file_then_environment_then_command_line():
    Path("jixiao.toml").write_text('port = 1\npage_size = 5\nencoder = "a"\n', "utf-8")
    settings = load({"JIXIAO_PORT": "2", "JIXIAO_ENCODER": "b"}, {"encoder": "c", "host": None})
    assert (settings.page_size, settings.port, settings.encoder) == (5, 2, "c")
    assert settings.origin("page_size") == "文件 jixiao.toml"
    assert settings.origin("port") == "环境变量 JIXIAO_PORT"
    assert settings.origin("encoder") == "命令行"
    assert settings.origin("host") == DEFAULT


def test_a_named_file_must_exist():
    with pytest.raises(ConfigError, match="读不出来"):
        load({"JIXIAO_CONFIG": "nowhere.toml"})


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("prot = 1", "prot 不是设置项"),
        ('port = "many"', "应为整数"),
        ("port = true", "应为整数"),
        ("port = 1.5", "应为整数"),
        ("threads = 0", "至少为 1"),
        ("query_timeout = nan", "太小"),
        ("trusted_hosts = 3", "应为名称列表"),
        ("port =", "读不出来"),
    ],
)
def test_senseless_files_are_refused(toml, message):
    Path("jixiao.toml").write_text(toml, "utf-8")
    with pytest.raises(ConfigError, match=message):
        load({})


def test_host_lists_come_from_text_and_from_arrays():
    assert load({"JIXIAO_TRUSTED_HOSTS": " a.cn, ,.b.cn "}).trusted_hosts == ("a.cn", ".b.cn")
    Path("jixiao.toml").write_text('trusted_hosts = ["a.cn"]', "utf-8")
    assert load({}).trusted_hosts == ("a.cn",)


@given(st.text())
def test_no_text_in_the_environment_breaks_more_than_a_setting(text):
    with contextlib.suppress(ConfigError):
        assert load({"JIXIAO_PORT": text, "JIXIAO_QUERY_TIMEOUT": text}).port >= 0


def test_every_setting_has_a_meaning():
    assert all(each.metadata["meaning"] for each in SETTINGS)
