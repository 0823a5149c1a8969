"""The columns of a roster file, under their Chinese or English heading."""

from enum import StrEnum

from accounts.people.models import Role


class Column(StrEnum):
    """A column, by its English heading."""

    ROLE = "role"
    USERNAME = "username"
    NAME = "name"
    NAME_EN = "name_en"
    STUDENT_NUMBER = "student_number"
    BORN_ON = "born_on"
    CLASS = "class"
    GRADE = "grade"
    SEAT = "seat"
    SUBJECT = "subject"
    CHILDREN = "children"
    RELATIONSHIP = "relationship"


CHINESE: dict[Column, str] = {
    Column.ROLE: "身份",
    Column.USERNAME: "用户名",
    Column.NAME: "姓名",
    Column.NAME_EN: "英文名",
    Column.STUDENT_NUMBER: "学籍辅号",
    Column.BORN_ON: "出生日期",
    Column.CLASS: "班级",
    Column.GRADE: "年级",
    Column.SEAT: "座号",
    Column.SUBJECT: "学科",
    Column.CHILDREN: "孩子用户名",
    Column.RELATIONSHIP: "关系",
}
NEEDED = (Column.ROLE, Column.USERNAME, Column.NAME)
HEADINGS: dict[str, Column] = {column.value: column for column in Column} | {
    heading: column for column, heading in CHINESE.items()
}

ROLES: dict[str, Role] = {
    "学生": Role.STUDENT,
    "教师": Role.TEACHER,
    "家长": Role.GUARDIAN,
    "student": Role.STUDENT,
    "teacher": Role.TEACHER,
    "guardian": Role.GUARDIAN,
}
"""Administrators are not made by a roster."""

SUBJECTS: dict[str, str] = {
    "语文": "chinese",
    "数学": "math",
    "英语": "english",
    "科学": "science",
    "物理": "physics",
    "化学": "chemistry",
    "生物": "biology",
    "生物学": "biology",
    "历史": "history",
    "地理": "geography",
    "道德与法治": "morality",
    "信息科技": "it",
}
"""Names of the curriculum's subjects (义务教育课程方案 2022); any other value is taken as a code."""

EXAMPLES: tuple[dict[Column, str], ...] = (
    {
        Column.ROLE: "学生",
        Column.USERNAME: "chenxiaoyu",
        Column.NAME: "陈小雨",
        Column.NAME_EN: "Chen Xiaoyu",
        Column.STUDENT_NUMBER: "20260701",
        Column.BORN_ON: "2013-05-04",
        Column.CLASS: "七年级(1)班",
        Column.GRADE: "7",
        Column.SEAT: "1",
    },
    {
        Column.ROLE: "教师",
        Column.USERNAME: "lilaoshi",
        Column.NAME: "李明",
        Column.CLASS: "七年级(1)班",
        Column.GRADE: "7",
        Column.SUBJECT: "数学",
    },
    {
        Column.ROLE: "家长",
        Column.USERNAME: "chenjianguo",
        Column.NAME: "陈建国",
        Column.CHILDREN: "chenxiaoyu",
        Column.RELATIONSHIP: "父亲",
    },
)
"""What the template shows; every line of it is valid."""
