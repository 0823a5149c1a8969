"""Names of people and schools that exist nowhere: made of common parts."""

from random import Random

from pypinyin import lazy_pinyin

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
    "于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟秦江尹"
)
FIRST = "子雨梓浩欣宇思佳俊诗嘉明晓雅文书若一天乐安心语可瑞清沐景云知言启承泽亦芷予昕锦星北南"
SECOND = "涵轩怡然琪晨妍辰萱豪彤睿瑶阳悦航宁彬雪杰琳远欣源婷宸月霖珊凯宜博璇昊菲诚岚川禾一"
ELDER = "建国志强秀英丽娟海燕伟军芳敏静磊洋勇艳杰涛明超霞平刚桂兰玉梅红辉鹏华飞玲凤"

CITY = ("云溪市", "Yunxi City")
DISTRICTS = (("东湖区", "Donghu District"), ("西山区", "Xishan District"), ("江北区", "Jiangbei District"))
SCHOOLS = (
    ("primary", "实验小学", "Experimental Primary School"),
    ("primary", "育才小学", "Yucai Primary School"),
    ("lower_secondary", "中学", "Middle School"),
    ("upper_secondary", "高级中学", "Senior High School"),
)
"""Stage and names of a district's schools; a larger city has a second of each, and a third."""
NUMERALS = "一二三四五六七八九十"
ALWAYS_NUMBERED = "lower_secondary"


def person_name(rng: Random, *, surname: str = "", is_adult: bool = False) -> str:
    """Return a name of two or three characters."""
    family = surname or rng.choice(SURNAMES)
    if is_adult:
        return family + "".join(rng.sample(ELDER, rng.choice((1, 2, 2))))
    if rng.random() < 0.12:
        return family + rng.choice(SECOND)
    return family + rng.choice(FIRST) + rng.choice(SECOND)


def schools(count: int) -> list[tuple[str, tuple[str, str]]]:
    """Return stage, name and English name of a district's *count* schools; no name comes twice."""
    found = []
    for index in range(count):
        stage, name, name_en = SCHOOLS[index % len(SCHOOLS)]
        number = index // len(SCHOOLS) + 1
        if number > 1 or stage == ALWAYS_NUMBERED:
            written = NUMERALS[number - 1] if number <= len(NUMERALS) else str(number)
            name, name_en = f"第{written}{name}", f"No. {number} {name_en}"
        found.append((stage, (name, name_en)))
    return found


def romanised(name: str) -> str:
    """Return *name* in pinyin, family name first, such as ``Li Yuhan``."""
    family, *given = lazy_pinyin(name)
    return f"{family.capitalize()} {''.join(given).capitalize()}"
