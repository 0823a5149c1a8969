"""English sentences: tenses, agreement, articles, prepositions, clauses and short readings."""

from dataclasses import dataclass
from random import Random

from demo.items.question import Ambiguous, Question, choice, generator, text

FILL = "选择正确的词填空："


@dataclass(frozen=True)
class Verb:
    """A verb with its forms and something to do with it."""

    base: str
    third: str
    past: str
    participle: str
    ing: str
    rest: str


VERBS = [
    Verb("play", "plays", "played", "played", "playing", "football"),
    Verb("watch", "watches", "watched", "watched", "watching", "TV"),
    Verb("go", "goes", "went", "gone", "going", "to the park"),
    Verb("read", "reads", "read", "read", "reading", "a storybook"),
    Verb("write", "writes", "wrote", "written", "writing", "a letter"),
    Verb("make", "makes", "made", "made", "making", "a cake"),
    Verb("clean", "cleans", "cleaned", "cleaned", "cleaning", "the classroom"),
    Verb("visit", "visits", "visited", "visited", "visiting", "the museum"),
    Verb("take", "takes", "took", "taken", "taking", "photos"),
    Verb("buy", "buys", "bought", "bought", "buying", "some fruit"),
    Verb("eat", "eats", "ate", "eaten", "eating", "noodles"),
    Verb("drink", "drinks", "drank", "drunk", "drinking", "some milk"),
    Verb("swim", "swims", "swam", "swum", "swimming", "in the pool"),
    Verb("run", "runs", "ran", "run", "running", "in the playground"),
    Verb("sing", "sings", "sang", "sung", "singing", "English songs"),
    Verb("draw", "draws", "drew", "drawn", "drawing", "a picture"),
    Verb("help", "helps", "helped", "helped", "helping", "my grandparents"),
    Verb("study", "studies", "studied", "studied", "studying", "in the library"),
    Verb("ride", "rides", "rode", "ridden", "riding", "a bike"),
    Verb("fly", "flies", "flew", "flown", "flying", "a kite"),
    Verb("see", "sees", "saw", "seen", "seeing", "a film"),
    Verb("teach", "teaches", "taught", "taught", "teaching", "children to dance"),
    Verb("plant", "plants", "planted", "planted", "planting", "trees"),
    Verb("wash", "washes", "washed", "washed", "washing", "the dishes"),
]
SINGULAR = ["My sister", "Tom", "Mary", "Mr Wang", "My father", "Li Ming", "Amy", "Our teacher", "My cousin"]
PLURAL = ["We", "They", "My friends", "Tom and Mary", "The students", "My parents", "The twins"]


def a_verb(rng: Random) -> Verb:
    """Draw a verb."""
    return rng.choice(VERBS)


@generator("english.be_verb", difficulty=0.15)
def be_verb(rng: Random) -> Question:
    """Choose am, is or are."""
    who, form = rng.choice(
        [
            ("I", "am"),
            *((s, "is") for s in [*SINGULAR, "It", "She", "He"]),
            *((p, "are") for p in [*PLURAL, "You"]),
        ]
    )
    what = rng.choice(
        [
            "in Class Three",
            "from Beijing",
            "at home",
            "very happy",
            "ten years old",
            "in the library",
            "ready for school",
            "good at maths",
        ]
    )
    return choice(
        rng,
        f"{FILL}{who} ____ {what}.",
        form,
        [(f, f"{who} 后面的 be 动词用 {form}。") for f in ("am", "is", "are")],
        why=f"主语是 {who}，be 动词用 {form}。",
        hints=["先看主语是谁。", "I 用 am，单数用 is，复数和 you 用 are。"],
        label=f"{who} ____ {what}",
    )


@generator("english.articles", difficulty=0.18)
def articles(rng: Random) -> Question:
    """Choose a or an."""
    with_an = [
        "apple",
        "egg",
        "orange",
        "umbrella",
        "elephant",
        "ant",
        "ice cream",
        "hour",
        "old man",
        "English book",
        "interesting story",
        "honest boy",
    ]
    with_a = [
        "cat",
        "banana",
        "dog",
        "book",
        "useful book",
        "uniform",
        "red apple",
        "university",
        "new eraser",
        "big elephant",
        "European city",
        "small egg",
    ]
    use_an = rng.random() < 0.5
    noun = rng.choice(with_an if use_an else with_a)
    start = rng.choice(["This is", "I have", "She wants", "There is", "I can see"])
    right, wrong = ("an", "a") if use_an else ("a", "an")
    return choice(
        rng,
        f"{FILL}{start} ____ {noun}.",
        right,
        [(wrong, "看后面第一个音是元音还是辅音，不是看字母。"), ("不填", "单数可数名词前要有冠词。")],
        why=f"{noun} 以{'元音' if use_an else '辅音'}音素开头，用 {right}。",
        hints=[f"读一读 {noun}，第一个音是什么？", "元音音素前用 an。"],
        label=f"{start} ____ {noun}",
    )


@generator("english.prepositions_place", difficulty=0.2)
def place(rng: Random) -> Question:
    """Choose a preposition of place."""
    thing = rng.choice(["cat", "ball", "book", "pencil", "toy car", "cap", "kite"])
    prep, cn = rng.choice(
        [
            ("in", "里面"),
            ("on", "上面（接触表面）"),
            ("under", "下面"),
            ("behind", "后面"),
            ("beside", "旁边"),
            ("in front of", "前面"),
        ]
    )
    where = rng.choice(["box", "desk", "chair", "bed", "bag", "door"])
    others = {
        "in": "里面",
        "on": "上面",
        "under": "下面",
        "behind": "后面",
        "beside": "旁边",
        "in front of": "前面",
    }
    wrong = rng.sample([p for p in others if p != prep], 3)
    return choice(
        rng,
        f"根据中文选词填空：{thing} 在 {where} 的{cn}。The {thing} is ____ the {where}.",
        prep,
        [(p, f"{p} 表示在{others[p]}。") for p in wrong],
        why=f"“{cn}”用 {prep}。",
        hints=["先看中文说的位置。", f"这个介词以字母 {prep[0]} 开头。"],
        label=f"{thing} ____ the {where}（{cn}）",
    )


@generator("english.prepositions_time", difficulty=0.28)
def moment(rng: Random) -> Question:
    """Choose at, on or in."""
    prep, when = rng.choice(
        [
            *(("at", t) for t in ["seven o'clock", "half past six", "noon", "night", "ten thirty", "12:15"]),
            *(
                ("on", d)
                for d in [
                    "Monday",
                    "Sunday",
                    "my birthday",
                    "May 4th",
                    "Friday evening",
                    "a cold morning",
                    "Children's Day",
                ]
            ),
            *(
                ("in", m)
                for m in ["July", "spring", "2024", "the morning", "winter", "October", "the evening"]
            ),
        ]
    )
    act = a_verb(rng)
    who = rng.choice(PLURAL)
    why = {
        "at": "时刻前用 at",
        "on": "具体某一天（或某天的上午、晚上）前用 on",
        "in": "月份、季节、年份和泛指的上午、晚上前用 in",
    }
    return choice(
        rng,
        f"{FILL}{who} {act.base} {act.rest} ____ {when}.",
        prep,
        [(p, f"{when} 是：{why[prep]}。") for p in ("at", "on", "in") if p != prep]
        + [("for", "for 后面接一段时间。")],
        why=f"{why[prep]}：{prep} {when}。",
        hints=["是时刻、某一天，还是月份季节？", "时刻 at，日子 on，月份 in。"],
        label=f"____ {when}（{act.base}）",
    )


@generator("english.time_telling", difficulty=0.22)
def clock(rng: Random) -> Question:
    """Say a time of day."""
    names = [
        "twelve",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
    h, m = rng.randint(1, 11), rng.choice([0, 5, 10, 15, 20, 30, 40, 45, 50, 55])
    words = {5: "five", 10: "ten", 15: "a quarter", 20: "twenty"}

    def spoken(hour: int, minute: int) -> str:
        if minute == 0:
            return f"{names[hour]} o'clock"
        if minute == 30:
            return f"half past {names[hour]}"
        if minute < 30:
            return f"{words[minute]} past {names[hour]}"
        return f"{words[60 - minute]} to {names[hour + 1]}"

    other = h % 11 + 1
    return choice(
        rng,
        f"{h}:{m:02d} 用英语怎样说？",
        spoken(h, m),
        [
            (spoken(other, m), "小时说错了。"),
            (
                spoken(h, (60 - m) % 60) if m not in {0, 30} else spoken(h, 15),
                "past 表示过几分，to 表示差几分。",
            ),
            (spoken(h, 0 if m else 30), "再看看分钟。"),
        ],
        why=f"{h}:{m:02d} 是 {spoken(h, m)}。",
        hints=["30 分以内用 past，超过 30 分用 to。", "整点用 o'clock，半点用 half past。"],
        label=f"{h}:{m:02d}",
    )


@generator("english.there_be", difficulty=0.25)
def there_be(rng: Random) -> Question:
    """Choose there is or there are."""
    one = ["a book", "an apple", "a map", "some water", "some milk", "a computer", "a teacher and two boys"]
    many = ["two pens", "some books", "three windows", "many flowers", "some students", "five chairs"]
    single = rng.random() < 0.5
    what = rng.choice(one if single else many)
    where = rng.choice(["in the classroom", "on the table", "in the room", "near the window", "at school"])
    right = "is" if single else "are"
    return choice(
        rng,
        f"{FILL}There ____ {what} {where}.",
        right,
        [
            ("are" if single else "is", "be 动词由离它最近的名词决定。"),
            ("have", "“某处有某物”用 There be，不用 have。"),
            ("has", "“某处有某物”用 There be，不用 has。"),
        ],
        why=f"离 be 动词最近的是 {what}，用 {right}。",
        hints=["看 be 后面的第一个名词。", "不可数名词和单数用 is。"],
        label=f"There ____ {what}",
    )


@generator("english.can_modal", difficulty=0.25)
def can(rng: Random) -> Question:
    """Use the base form after can."""
    v, who = a_verb(rng), rng.choice(SINGULAR)
    if v.past == v.base:
        raise Ambiguous
    return choice(
        rng,
        f"{FILL}{who} can ____ {v.rest}.",
        v.base,
        [
            (v.third, "情态动词 can 后面用动词原形，不加 -s。"),
            (v.ing, "can 后面不用 -ing 形式。"),
            (f"to {v.base}", "can 后面不加 to。"),
        ],
        why=f"can 后面接动词原形 {v.base}。",
        hints=["can 是情态动词。", "情态动词后面用动词原形。"],
        label=f"{who} can ____ {v.rest}",
    )


@generator("english.present_simple", difficulty=0.3)
def present_simple(rng: Random) -> Question:
    """Choose a verb form for a habit."""
    v = a_verb(rng)
    single = rng.random() < 0.6
    who = rng.choice(SINGULAR if single else PLURAL)
    often = rng.choice(["every day", "on Sundays", "every week", "after school every day"])
    right, wrong = (v.third, v.base) if single else (v.base, v.third)
    if v.past == v.base:
        raise Ambiguous
    return choice(
        rng,
        f"{FILL}{who} ____ {v.rest} {often}.",
        right,
        [
            (wrong, f"主语 {who} 是{'第三人称单数，动词要加 -s 或 -es' if single else '复数，动词用原形'}。"),
            (v.ing, "单独的 -ing 形式不能作谓语。"),
            (f"is {v.base}" if single else f"are {v.base}", "be 动词后面不能直接接动词原形。"),
        ],
        why=f"{often} 表示习惯，用一般现在时，主语 {who} 用 {right}。",
        hints=[f"{often} 说明是经常做的事。", "主语是第三人称单数吗？"],
        label=f"{who} ____ {v.rest} {often}",
    )


@generator("english.present_continuous", difficulty=0.32)
def continuous(rng: Random) -> Question:
    """Choose a verb form for what goes on now."""
    v = a_verb(rng)
    single = rng.random() < 0.5
    who, be = (rng.choice(SINGULAR), "is") if single else (rng.choice(PLURAL), "are")
    start = rng.choice(["Look!", "Listen!", "It's eight o'clock now."])
    return choice(
        rng,
        f"{FILL}{start} {who} ____ {v.rest}.",
        f"{be} {v.ing}",
        [
            (v.third if single else v.base, f"{start} 提示动作正在进行。"),
            (v.ing, "现在进行时不能少了 be 动词。"),
            (f"{be} {v.base}", "be 后面要用 -ing 形式。"),
        ],
        why=f"{start} 表示正在进行，用 {be} {v.ing}。",
        hints=["动作正在发生。", "be + 动词的 -ing 形式。"],
        label=f"{start} {who} ____ {v.rest}",
    )


@generator("english.future_going_to", difficulty=0.32)
def going_to(rng: Random) -> Question:
    """Choose a form for a plan."""
    v = a_verb(rng)
    single = rng.random() < 0.5
    who, be = (rng.choice(SINGULAR), "is") if single else (rng.choice(PLURAL), "are")
    when = rng.choice(["tomorrow", "this weekend", "next Sunday", "this afternoon"])
    return choice(
        rng,
        f"{FILL}{who} ____ {v.rest} {when}.",
        f"{be} going to {v.base}",
        [
            (f"going to {v.base}", "少了 be 动词。"),
            (f"{be} going to {v.ing}", "going to 后面接动词原形。"),
            (f"{be} going {v.base}", "少了 to。"),
        ],
        why=f"{when} 是将来，be going to 加动词原形。",
        hints=["表示打算要做的事。", "be going to + 动词原形。"],
        label=f"{who} ____ {v.rest} {when}",
    )


@generator("english.future_will", difficulty=0.36)
def will(rng: Random) -> Question:
    """Use will with a base form."""
    v, who = a_verb(rng), rng.choice([*SINGULAR, *PLURAL])
    when = rng.choice(["tomorrow", "next year", "in two days", "next month"])
    return choice(
        rng,
        f"{FILL}{who} ____ {v.rest} {when}.",
        f"will {v.base}",
        [
            (f"will {v.ing}", "will 后面用动词原形。"),
            (f"will to {v.base}", "will 后面不加 to。"),
            (f"wills {v.base}", "will 没有人称变化。"),
        ],
        why=f"{when} 表示将来，will 加动词原形。",
        hints=["时间是将来。", "will + 动词原形。"],
        label=f"{who} ____ {v.rest} {when}",
    )


@generator("english.past_simple", difficulty=0.35)
def past_simple(rng: Random) -> Question:
    """Choose a past form."""
    v, who = a_verb(rng), rng.choice([*SINGULAR, *PLURAL])
    if v.past == v.base:
        raise Ambiguous
    when = rng.choice(["yesterday", "last weekend", "two days ago", "last Sunday", "last night"])
    return choice(
        rng,
        f"{FILL}{who} ____ {v.rest} {when}.",
        v.past,
        [
            (v.base, f"{when} 是过去的时间，动词要用过去式。"),
            (v.third, "这是一般现在时的形式。"),
            (v.ing, "单独的 -ing 形式不能作谓语。"),
        ],
        why=f"{when} 表示过去，{v.base} 的过去式是 {v.past}。",
        hints=["找出表示时间的词。", f"{v.base} 的过去式是什么？"],
        label=f"{who} ____ {v.rest} {when}",
    )


@generator("english.past_simple", difficulty=0.42, name="english.past_simple:write")
def past_written(rng: Random) -> Question:
    """Write the past form asked for in brackets."""
    v, who = a_verb(rng), rng.choice([*SINGULAR, *PLURAL])
    when = rng.choice(["yesterday", "last weekend", "three days ago", "last month"])
    return text(
        f"用括号里动词的正确形式填空：{who} ____ ({v.base}) {v.rest} {when}.",
        [v.past],
        [(v.base if v.base != v.past else v.ing, "时间是过去，要用过去式。"), (v.third, "这是一般现在时。")],
        why=f"{when} 表示过去，填 {v.past}。",
        hints=[f"{when} 是什么时间？", f"过去式的第一个字母是 {v.past[0]}。"],
        label=f"{who} ____ ({v.base}) {when}",
    )


@generator("english.past_continuous", difficulty=0.42)
def past_continuous(rng: Random) -> Question:
    """Choose was or were with -ing."""
    v = a_verb(rng)
    single = rng.random() < 0.5
    who, be, other = (rng.choice(SINGULAR), "was", "were") if single else (rng.choice(PLURAL), "were", "was")
    when = rng.choice(
        ["at eight last night", "when the phone rang", "at this time yesterday", "when I came in"]
    )
    return choice(
        rng,
        f"{FILL}{who} ____ {v.rest} {when}.",
        f"{be} {v.ing}",
        [
            (f"{other} {v.ing}", f"主语 {who} 要用 {be}。"),
            (f"{'is' if single else 'are'} {v.ing}", f"{when} 是过去的时间。"),
            (v.ing, "少了 be 动词。"),
        ],
        why=f"{when} 是过去的某一时刻，用 {be} {v.ing}。",
        hints=["过去某一时刻正在做。", "was 或 were 加 -ing。"],
        label=f"{who} ____ {v.rest} {when}",
    )


@generator("english.present_perfect", difficulty=0.45)
def perfect(rng: Random) -> Question:
    """Choose have or has with a participle."""
    v = a_verb(rng)
    single = rng.random() < 0.5
    who, have, other = (
        (rng.choice(SINGULAR), "has", "have") if single else (rng.choice(PLURAL), "have", "has")
    )
    wrong_form = v.past if v.past != v.participle else v.ing
    return choice(
        rng,
        f"{FILL}{who} ____ already ____ {v.rest}.",
        f"{have}, {v.participle}",
        [
            (f"{other}, {v.participle}", f"主语 {who} 用 {have}。"),
            (f"{have}, {wrong_form}", "后面要用过去分词。"),
            (f"{have}, {v.base}" if v.base != v.participle else f"{have}, {v.third}", "后面要用过去分词。"),
        ],
        why=f"already 常与现在完成时连用：{have} {v.participle}。",
        hints=["have 或 has 加过去分词。", f"{v.base} 的过去分词是什么？"],
        label=f"{who} ____ already ____ {v.rest}",
    )


@generator("english.passive", difficulty=0.48)
def passive(rng: Random) -> Question:
    """Choose a passive form."""
    noun, plural, participle, base, by = rng.choice(
        [
            ("The classroom", False, "cleaned", "clean", "by the students every day"),
            ("Trees", True, "planted", "plant", "in spring every year"),
            ("English", False, "spoken", "speak", "in many countries"),
            ("These songs", True, "sung", "sing", "by children"),
            ("The letters", True, "written", "write", "in English"),
            ("This kind of car", False, "made", "make", "in Changchun"),
            ("The books", True, "kept", "keep", "on the shelf"),
            ("Rice", False, "grown", "grow", "in the south"),
        ]
    )
    be, other = ("are", "is") if plural else ("is", "are")
    return choice(
        rng,
        f"{FILL}{noun} ____ {by}.",
        f"{be} {participle}",
        [
            (f"{other} {participle}", f"主语 {noun} 用 {be}。"),
            (base, "主语是动作的承受者，要用被动语态。"),
            (f"{be} {base}", "be 后面要用过去分词。"),
        ],
        why=f"{noun} 是动作的承受者，用 {be} {participle}。",
        hints=["主语是做动作还是承受动作？", "be + 过去分词。"],
        label=f"{noun} ____ {by}",
    )


@generator("english.infinitives", difficulty=0.4)
def infinitives(rng: Random) -> Question:
    """Choose to and the base form."""
    v, who, w = (
        a_verb(rng),
        rng.choice([*PLURAL, "I"]),
        rng.choice(["want", "plan", "hope", "decided", "would like", "learned", "agreed"]),
    )
    return choice(
        rng,
        f"{FILL}{who} {w} ____ {v.rest}.",
        f"to {v.base}",
        [
            (v.base, f"{w} 后面要接带 to 的不定式。"),
            (v.ing, f"{w} 后面不接 -ing 形式。"),
            (f"to {v.ing}", "to 后面接动词原形。"),
        ],
        why=f"{w} 后面接 to {v.base}。",
        hints=[f"{w} 后面接什么形式？", "to + 动词原形。"],
        label=f"{who} {w} ____ {v.rest}",
    )


@generator("english.gerunds", difficulty=0.42)
def gerunds(rng: Random) -> Question:
    """Choose the -ing form after certain verbs."""
    v, who, w = (
        a_verb(rng),
        rng.choice([*PLURAL, "I"]),
        rng.choice(
            ["enjoy", "finished", "practise", "keep", "are good at", "don't mind", "are interested in"]
        ),
    )
    who = "They" if who == "I" and w.startswith("are") else who
    return choice(
        rng,
        f"{FILL}{who} {w} ____ {v.rest}.",
        v.ing,
        [
            (v.base, f"{w} 后面接 -ing 形式。"),
            (f"to {v.base}", f"{w} 后面不接不定式。"),
            (v.third, "这里不是谓语动词。"),
        ],
        why=f"{w} 后面接 {v.ing}。",
        hints=[f"{w} 后面接什么形式？", "动词的 -ing 形式。"],
        label=f"{who} {w} ____ {v.rest}",
    )


@generator("english.imperatives", difficulty=0.3)
def imperatives(rng: Random) -> Question:
    """Start an instruction."""
    v = a_verb(rng)
    no = rng.random() < 0.5
    place = rng.choice(["in class", "here", "now", "at night"])
    answer = f"Don't {v.base}" if no else v.base.capitalize()
    return choice(
        rng,
        f"选择正确的祈使句开头{'（表示“不要”）' if no else ''}：____ {v.rest} {place}, please.",
        answer,
        [
            (f"Not {v.base}" if no else v.ing.capitalize(), "祈使句以动词原形开头，否定用 Don't。"),
            (f"Don't {v.ing}" if no else f"To {v.base}", "用动词原形。"),
            (f"Doesn't {v.base}" if no else v.third.capitalize(), "祈使句没有第三人称变化。"),
        ],
        why=f"祈使句{'的否定用 Don’t 加' if no else '用'}动词原形：{answer}。",
        hints=["祈使句省略了主语 you。", "用动词原形。"],
        label=f"{'不要' if no else ''}{v.base} {v.rest} {place}",
    )


@generator("english.must_have_to", difficulty=0.38)
def must(rng: Random) -> Question:
    """Choose must, mustn't, have to or has to."""
    sentence, right, why = rng.choice(
        [
            ("You ____ play with fire. It's dangerous.", "mustn't", "表示禁止用 mustn't"),
            ("My bike is broken, so I ____ walk to school.", "have to", "客观上不得不，用 have to"),
            (
                "She ____ look after her sister because her parents are away.",
                "has to",
                "主语是第三人称单数，客观上不得不，用 has to",
            ),
            ("You ____ run in the hallways. It's against the rules.", "mustn't", "表示禁止用 mustn't"),
            (
                "Tom ____ wear a uniform at his school. It's a rule there.",
                "has to",
                "主语是第三人称单数，用 has to",
            ),
            ("It's late and there is no bus. We ____ take a taxi.", "have to", "客观上不得不，用 have to"),
        ]
    )
    return choice(
        rng,
        f"{FILL}{sentence}",
        right,
        [(o, f"{why}。") for o in ("mustn't", "have to", "has to", "can")],
        why=f"{why}。",
        hints=["是禁止，还是不得不？", "看主语是不是第三人称单数。"],
        label=sentence[:24],
    )


@generator("english.relative_clauses", difficulty=0.5)
def relative(rng: Random) -> Question:
    """Choose who or which."""
    person = [
        ("the boy", "won the race"),
        ("the teacher", "taught us music"),
        ("the girl", "lives next door"),
        ("the doctor", "helped my grandpa"),
        ("the writer", "wrote this story"),
    ]
    thing = [
        ("the book", "has a red cover"),
        ("the film", "was shown last night"),
        ("the bike", "cost 500 yuan"),
        ("the house", "stands by the river"),
        ("the cake", "tastes of lemon"),
    ]
    is_person = rng.random() < 0.5
    noun, clause = rng.choice(person if is_person else thing)
    start = rng.choice(["I know", "This is", "We like", "I remember"])
    right, wrong = ("who", "which") if is_person else ("which", "who")
    return choice(
        rng,
        f"{FILL}{start} {noun} ____ {clause}.",
        right,
        [
            (wrong, f"先行词 {noun} 是{'人' if is_person else '物'}。"),
            ("where", "从句缺的是主语，不是地点。"),
            ("what", "what 不能引导定语从句。"),
        ],
        why=f"先行词 {noun} 是{'人' if is_person else '物'}，关系代词作主语用 {right}。",
        hints=["先行词是人还是物？", "关系词在从句里作什么成分？"],
        label=f"{start} {noun} ____ {clause}",
    )


@generator("english.object_clauses", difficulty=0.52)
def object_clause(rng: Random) -> Question:
    """Keep statement order in an object clause."""
    who, past = rng.choice([("he", "was"), ("she", "was")])
    start = rng.choice(["Could you tell me", "I wonder", "Do you know", "I don't know"])
    word, tail, verb = rng.choice(
        [
            ("where", "lives", "live"),
            ("when", "gets up", "get up"),
            ("how", "goes to school", "go to school"),
            ("why", "likes history", "like history"),
            ("what", "wants", "want"),
        ]
    )
    mark = "?" if start[0] in "CD" else "."
    return choice(
        rng,
        f"选择正确的宾语从句：{start} ____{mark}",
        f"{word} {who} {tail}",
        [
            (f"{word} does {who} {verb}", "宾语从句用陈述语序，不用疑问语序。"),
            (f"{word} {who} {verb}", f"主语 {who} 是第三人称单数，动词要加 -s。"),
            (f"{word} {past} {who} {verb}", "语序和时态都不对。"),
        ],
        why=f"宾语从句用陈述语序：{word} {who} {tail}。",
        hints=["从句用陈述语序。", "疑问词 + 主语 + 动词。"],
        label=f"{start} {word} {who} …",
    )


@generator("english.subjunctive", difficulty=0.6)
def subjunctive(rng: Random) -> Question:
    """Choose were in an unreal condition."""
    who = rng.choice(["I", "he", "she", "Tom"])
    what, result = rng.choice(
        [
            ("you", "take the chance"),
            ("a bird", "fly over the sea"),
            ("the headmaster", "build a bigger library"),
            ("taller", "join the team"),
            ("free now", "help you"),
        ]
    )
    if what == "you" and who != "I":
        raise Ambiguous
    return choice(
        rng,
        f"{FILL}If {who} ____ {what}, {who} ____ {result}.",
        "were, would",
        [
            ("is, will" if who != "I" else "am, will", "与现在事实相反，要用虚拟语气。"),
            ("were, will", "主句用 would 加动词原形。"),
            ("had been, would", "had been 用于与过去事实相反。"),
        ],
        why="与现在事实相反：从句用 were，主句用 would 加动词原形。",
        hints=["这件事现在是真的吗？", "be 一律用 were。"],
        label=f"If {who} ____ {what}",
    )


NAMES = ["Lily", "Ben", "Anna", "Jack", "Li Hua", "Wang Fang", "Peter", "Sara", "Zhao Yu", "Emma"]
JOBS = [
    ("doctor", "a hospital"),
    ("teacher", "a school"),
    ("bus driver", "the bus company"),
    ("nurse", "a hospital"),
    ("cook", "a restaurant"),
    ("farmer", "a farm"),
    ("police officer", "a police station"),
]
HOBBIES = [
    "swimming",
    "painting",
    "playing chess",
    "reading",
    "running",
    "cooking",
    "playing the piano",
    "taking photos",
]


@generator("english.reading_detail", difficulty=0.4, minutes=2.5)
def reading_detail(rng: Random) -> Question:
    """Find a detail in a short passage."""
    name, friend = rng.sample(NAMES, 2)
    (job, work), (job2, work2) = rng.sample(JOBS, 2)
    if work == work2:
        raise Ambiguous
    hobby, hobby2 = rng.sample(HOBBIES, 2)
    hour, age = rng.randint(6, 8), rng.randint(11, 15)
    passage = f"{name} is {age} years old. {name}'s father is a {job} and works in {work}. {name}'s mother is a {job2} and works in {work2}. {name} gets up at {hour}:00 and goes to school by bus. After school {name} likes {hobby}, but {friend}, {name}'s best friend, likes {hobby2}."
    passage = passage.replace("works in the bus company", "works for the bus company").replace(
        "works in a farm", "works on a farm"
    )
    jobs = [j for j, _ in JOBS if j not in (job, job2)]
    ask, answer, wrong = rng.choice(
        [
            (
                f"What is {name}'s father?",
                f"A {job}.",
                [
                    (f"A {job2}.", f"那是 {name} 的母亲的职业。"),
                    *((f"A {j}.", "短文里没有提到这个职业。") for j in rng.sample(jobs, 2)),
                ],
            ),
            (
                f"What does {name} like doing after school?",
                f"{hobby.capitalize()}.",
                [
                    (f"{hobby2.capitalize()}.", f"那是 {friend} 的爱好。"),
                    *(
                        (f"{h.capitalize()}.", "短文里没有提到。")
                        for h in rng.sample([h for h in HOBBIES if h not in (hobby, hobby2)], 2)
                    ),
                ],
            ),
            (
                f"When does {name} get up?",
                f"At {hour}:00.",
                [
                    (f"At {hour + 1}:00.", "再读一读起床的那一句。"),
                    (f"At {hour - 1}:00.", "再读一读起床的那一句。"),
                    (f"At {age}:00.", "那是年龄。"),
                ],
            ),
            (
                f"How does {name} go to school?",
                "By bus.",
                [
                    ("By bike.", "短文里说的是坐公共汽车。"),
                    ("On foot.", "短文里说的是坐公共汽车。"),
                    ("By car.", "短文里说的是坐公共汽车。"),
                ],
            ),
        ]
    )
    return choice(
        rng,
        f"阅读短文，选择正确答案。\n\n{passage}\n\n{ask}",
        answer,
        wrong,
        why=f"短文中可以找到对应的句子，答案是 {answer}",
        hints=["先读问题，再回到短文找。", "注意问的是谁。"],
        label=f"{name}: {ask}",
    )


@generator("english.reading_inference", difficulty=0.52, minutes=2.5)
def reading_inference(rng: Random) -> Question:
    """Draw a conclusion from a short passage."""
    name = rng.choice(NAMES)
    clue, answer, wrong = rng.choice(
        [
            (
                "took an umbrella before leaving home. The sky was dark, and the wind was strong",
                "It was going to rain.",
                ["It was a sunny day.", "It was very hot.", "It was midnight."],
            ),
            (
                "opened the book again after supper. The maths test was the next morning",
                "There was a test the next day.",
                ["The holiday had begun.", "The test was over.", "The book was about music."],
            ),
            (
                "waited at the stop for half an hour and kept looking at the road",
                "The bus was late.",
                ["The film was boring.", "The bus came early.", "The shop was closed."],
            ),
            (
                "looked at the empty fridge, picked up a shopping bag and went out",
                "There was no food at home.",
                ["It was time for school.", "The fridge was new.", "The bag was full."],
            ),
            (
                "smiled at the paper. There was a big “Excellent” on it",
                "The work was done very well.",
                ["The work was lost.", "The teacher was angry.", "The paper was blank."],
            ),
            (
                "put on a coat, a scarf and gloves and saw snow on the roofs",
                "It was winter.",
                ["It was summer.", "It was raining.", "It was noon in July."],
            ),
            (
                "blew out eleven candles, and everyone sang",
                "It was a birthday party.",
                ["It was a sports meeting.", "It was a test.", "It was a fire drill."],
            ),
        ]
    )
    when = rng.choice(["On Monday", "That evening", "One day", "Last Friday", "In the morning"])
    return choice(
        rng,
        f"阅读句子，推断最合理的一项。\n\n{when} {name} {clue}.",
        answer,
        [(w, "文中没有支持这一点的事实。") for w in wrong],
        why=f"根据文中的事实可以推断：{answer}",
        hints=["找出文中的事实。", "不要凭想象。"],
        label=f"{when} {name} {clue[:18]}",
    )
