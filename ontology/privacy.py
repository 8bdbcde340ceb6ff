"""Persons stay out of the graph (个人信息): names and mobile numbers in printed lines are masked.

The forms name whoever filled them in (填报人, 联系人, 项目负责人). Those are not what the graph is
about, and a printed line is kept only to show where a value stood.
"""

from __future__ import annotations

import re
from typing import Final

MASK: Final = "＊＊"

_ROLES: Final = (
    "负责人|联系人|经办人|填报人|填表人|制表人|审核人|复核人|编制人|填制人|法定代表人|法人代表|"
    "分管领导|主管领导|单位领导|制表|复核|经办"
)
# The surnames of nineteen in twenty people; a word after a role that starts otherwise is no name.
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞"
    "左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕"
    "屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧"
    "闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_NAME: Final = re.compile(
    rf"(?P<role>(?:{_ROLES})(?:[(（]?签[字章名](?:[(（]?盖章[)）]?)?[)）]?)?[\s:：|]+)"
    rf"(?:(?:欧阳|上官|司马|诸葛)[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}]\s?[\u4e00-\u9fff]{{1,2}})"
    r"(?=$|[\s,，;；、。|()（）\d])"
)
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def without_persons(text: str) -> str:
    """The printed text with persons' names after their role, and mobile numbers, masked."""
    return _MOBILE.sub(MASK, _NAME.sub(lambda match: match["role"] + MASK, text))
