"""What a whole page of results costs: signing in is read, the index asked, rows loaded, the page drawn."""

import time
from typing import Any

from flask import Flask

from benchmarks.harness import percentile
from benchmarks.search.questions import Question
from tests.browsers import signed_in_browser
from tests.statements import statements_of

ROUNDS = 3


def page_figures(app: Flask, hat_id: int, questions: list[Question]) -> dict[str, Any]:
    """CPU milliseconds of the page for each question (the best round), and the most queries of one."""
    browser = signed_in_browser(app, hat_id)
    taken, queries = [], 0
    for question in questions:
        rounds = []
        for _ in range(ROUNDS):
            with statements_of(app) as sent:
                began = time.thread_time()
                answer = browser.get("/library", query_string={"q": question.text})
                rounds.append((time.thread_time() - began) * 1_000)
            if answer.status_code != 200:  # noqa: PLR2004 -- HTTP's own number
                raise SystemExit(answer.status)
            queries = max(queries, len(sent))
        taken.append(min(rounds))
    return {
        "page_cpu_p50_ms": round(percentile(taken, 0.5), 1),
        "page_cpu_p95_ms": round(percentile(taken, 0.95), 1),
        "page_queries": queries,
    }
