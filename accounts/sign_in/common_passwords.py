"""Passwords that guessers try first, in lower case; shorter than eight characters are refused anyway.

Gathered from what published leak statistics agree on, worldwide and in China; runs, repetitions and
keyboard rows are found by rule in ``passwords.py`` and need no entry.
"""

_WORDS = """
10203040 11223344 112233445 1122334455 12121212 123123123 123321123 12341234 123456789a 12345678a
1234567a 123456ab 123456abc 1234qwer 123abc456 123qwe123 12qwaszx 13131313 13145201 1314520520
1314520a 147258369 159357456 19491001 19900101 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 20000101
20010101 20082008 20100101 20110101 20120101 27182818 31415926 314159265 52013140 52013145
5201314520 5201314a a1234567 a12345678 a123456789 a5201314 aa123456 aa12345678 aaa123456 abc12345
abc123456 abcd1234 abcd12345 abcde12345 admin123 admin1234 admin123456 administrator aini1314
aini5201314 as123456 asd123456 asdf1234 baseball basketball batman123 beijing2008 changeit changeme
chen123456 computer computer1 dragon123 football football1 guest123 ilove520 iloveyou iloveyou1
iloveyou1314 iloveyou520 internet internet1 jennifer laoshi123 letmein1 letmeinnow li123456
liu123456 master123 michael1 mima1234 mima123456 monkey123 mypassword newpassword nihao123 nihao1234
p@ssw0rd p@ssword pa55word passw0rd password password1 password12 password123 password1234 passwort
pokemon1 princess princess1 q1w2e3r4 q1w2e3r4t5 qazwsxedc qq123456 qq12345678 qq5201314 qwe123456
qwer1234 qwert123 qwerty12 qwerty123 qwerty1234 qwertyui root1234 root123456 school123 shanghai1
starwars student1 student123 sunshine sunshine1 superman superman1 teacher1 teacher123 test1234
test123456 trustno1 user1234 wang1234 wang123456 weike123 weike1234 weike12345 weike2026 welcome1
welcome123 whatever woaibaba woaimama woaini123 woaini1314 woaini520 woaini521 woaiwojia wodemima
xuesheng xuesheng123 xuexiao123 yang123456 zaq12wsx zhang123 zhang123456 zhongguo zhongguo1 zxcvbnm1
zxcvbnm123
"""

COMMON = frozenset(_WORDS.split())
