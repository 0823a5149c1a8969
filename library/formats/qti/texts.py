"""What the items of a package are about: stimuli, what sections say, items that are texts only."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from library.formats.composing import joined
from library.formats.drafts import Drafts, Passage, Told
from library.formats.pictures import Gallery
from library.formats.qti.body import BodyReader
from library.formats.qti.names import first, given
from library.formats.qti.sections import Listed
from library.formats.rest import Rest

Files = Callable[[str], bytes | None]


def read_text(
    element: Element, place: int, files: Files, rest: Rest | None = None, *, title: str = ""
) -> Passage:
    """A text that items are about."""
    told = Told()
    gallery = Gallery(told, files)
    body = first(element, "stimulusbody")
    text = BodyReader(told, gallery).text_of(element if body is None else body, "stimulus")
    title = " ".join((title or given(element, "title")).split())[:300]
    return Passage(place, {"title": title, "text": text, "pictures": gallery.records}, told, rest)


def under(about: Passage, passage: Passage) -> Passage:
    """One text under another, as one text with the pictures of both."""
    taken = {one["name"] for one in (*about.fields["pictures"], *passage.fields["pictures"])}
    above = {one["name"] for one in about.fields["pictures"]}
    text, pictures = passage.fields["text"], []
    for one in passage.fields["pictures"]:
        name = _free(one["name"], taken) if one["name"] in above else one["name"]
        taken.add(name)
        text = text.replace(f"[[picture:{one['name']}]]", f"[[picture:{name}]]")
        pictures.append(one | {"name": name})
    fields = {
        "title": about.fields["title"] or passage.fields["title"],
        "text": joined([about.fields["text"], text]),
        "pictures": [*about.fields["pictures"], *pictures],
    }
    return Passage(passage.place, fields, passage.told)


def _free(name: str, taken: set[str]) -> str:
    """*name*, or another where it is taken."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name[:28]}-{number}", number + 1
    return free


class Texts:
    """The texts of a package, each read once; *load* opens a document, *files* what stands beside it."""

    def __init__(
        self,
        drafts: Drafts,
        load: Callable[[str], Element | None],
        files: Callable[[str], Files],
        rests: Mapping[str, Rest | None],
    ) -> None:
        self.drafts, self.load, self.files, self.rests = drafts, load, files, rests
        self.passages: dict[str, Passage | None] = {}
        self.sections: dict[tuple[int, ...], Passage | None] = {}
        """By the elements that say the text."""
        self.together: dict[tuple[int, str], Passage] = {}
        """Texts of sections with stimuli under them."""

    def of_item(self, root: Element, listed: Listed) -> Passage | None:
        """An item that asks nothing, as the text that those after it are about."""
        body = first(root, "itembody")
        if body is None:
            return None
        title = given(root, "title")
        passage = read_text(body, len(self.drafts.passages) + 1, self.files(listed.href), title=title)
        if not passage.fields["text"]:
            return None
        passage.told.changed("itembody", "description")
        above = self.around(listed, None)
        passage = under(above, passage) if above else passage
        self.drafts.passages.append(passage)
        return passage

    def around(self, listed: Listed, text: Passage | None) -> Passage | None:
        """What an item is about: the text before it, else what its sections say."""
        if text is not None or not listed.texts:
            return text
        key = tuple(id(one.element) for one in listed.texts)
        if key not in self.sections:
            passage = None
            for one in listed.texts:
                place = len(self.drafts.passages) + 1
                found = read_text(one.element, place, self.files(one.href), title=one.title)
                passage = found if passage is None else under(passage, found)
            self.sections[key] = passage
            if passage is not None:
                self.drafts.passages.append(passage)
        return self.sections[key]

    def with_stimulus(self, above: Passage | None, href: str) -> Passage | None:
        """A stimulus, under what its section says."""
        stimulus = self.stimulus(href)
        if above is None or stimulus is None:
            return stimulus or above
        key = (id(above), href)
        if key not in self.together:
            self.together[key] = under(above, stimulus)
            self.drafts.passages.append(self.together[key])
        return self.together[key]

    def stimulus(self, href: str) -> Passage | None:
        """A text that items are about, read once."""
        if href not in self.passages:
            root = self.load(href)
            place = len(self.passages) + 1
            self.passages[href] = (
                None if root is None else read_text(root, place, self.files(href), self.rests.get(href))
            )
            found = self.passages[href]
            if found is not None:
                self.drafts.passages.append(found)
        return self.passages[href]
