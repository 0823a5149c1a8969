"""One round over many links: four at a time, and one after the other at each host."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from urllib.parse import urlsplit

from library.links.asking import OUR_OWN, Problem

MOST_AT_ONCE = 4
PAUSE_SECONDS = 1.0
"""Between two questions to one host."""
MOST_SILENCES = 3
"""A host that does not answer so often in a row is left alone for today, with the rest of its links."""
Ask = Callable[[str], Problem | None]
Sleep = Callable[[float], None]


def go_round(urls: Mapping[int, str], ask: Ask, sleep: Sleep) -> Iterator[dict[int, Problem | None]]:
    """Ask for all *urls* by resource id; yields what was found, host by host as they are done."""
    hosts: dict[str, list[int]] = defaultdict(list)
    for number, url in urls.items():
        hosts[_host(url)].append(number)

    def visit(numbers: Iterable[int]) -> dict[int, Problem | None]:
        found: dict[int, Problem | None] = {}
        known: dict[str, Problem | None] = {}
        silent = 0
        for number in numbers:
            url = urls[number]
            if url not in known:
                if silent >= MOST_SILENCES:
                    break
                if known:
                    sleep(PAUSE_SECONDS)
                known[url] = ask(url)
                silent = silent + 1 if known[url] in OUR_OWN else 0
            found[number] = known[url]
        return found

    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        for done in as_completed([pool.submit(visit, numbers) for numbers in hosts.values()]):
            yield done.result()


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
