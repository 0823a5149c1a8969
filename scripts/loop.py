"""The main job, step by step, in a real browser.

Each step is what one person does on one page after another; it fails where she could not go on. The test of
the main job and the walk of the first use take the same steps: the one through a school made for it, the
other through the demo city.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

WATCHING_MS = 150_000
"""A question may stand at the end of the longest demo lesson."""


def sign_in(page: Page, username: str, password: str) -> None:
    """Come in through the door; with several hats, under the first one."""
    page.goto("/sign-in")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("main").locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))
    if "/hat" in page.url:
        page.get_by_role("main").locator("button[type=submit]").first.click()
        page.wait_for_url(re.compile(r"^(?!.*/hat)"))


def search(page: Page, words: str, lesson: str) -> None:
    """Look for *words* in the library, and find *lesson*."""
    page.goto("/library")
    page.locator("#library-q").fill(words)
    page.locator(".search-form button").click()
    expect(page.get_by_role("main").get_by_role("link", name=lesson).first).to_be_visible()


def open_lesson(page: Page, lesson: str) -> None:
    """Go from what was found to the player."""
    page.get_by_role("main").get_by_role("link", name=lesson).first.click()
    page.locator("main a[href^='/lessons/']").first.click()
    page.wait_for_url(re.compile(r"/lessons/\d+"))


def watch(page: Page) -> None:
    """Play until the video asks; what was played is stored meanwhile."""
    page.wait_for_selector("media-controller[mediaduration]")
    page.locator(".big-play").click()
    with page.expect_response("**/api/v1/playback", timeout=WATCHING_MS) as stored:
        page.wait_for_selector("dialog#ask[open] fieldset", timeout=WATCHING_MS)
    assert stored.value.ok


def answer_in_lesson(page: Page, *choices: int) -> None:
    """Answer the video's question, and again while it is wrong and there is another of *choices* to try."""
    dialog = page.locator("dialog#ask[open]")
    for tried, choice in enumerate(choices, start=1):
        fill_in(dialog, choice)
        dialog.get_by_role("button", name="作答").click()
        expect(dialog.locator("[data-answered]")).to_be_visible()
        again = dialog.get_by_role("button", name="再试一次")
        if tried == len(choices) or not again.is_visible():
            return
        again.click()
        expect(dialog.locator("[data-answered]")).to_have_count(0)


def fill_in(question: Locator, choice: int) -> None:
    """Choose the *choice*-th option, or write the number; a question on paper stays empty."""
    options = question.locator("label.option")
    if options.count():
        chosen = options.nth(min(choice, options.count() - 1))
        chosen.click()
        expect(chosen.locator("input")).to_be_checked()
        return
    for field in question.locator("input[name$=-value], input[name$=-blanks]").all():
        field.fill(str(choice))


def hand_in(page: Page, work: str, photos: Sequence[Path]) -> int:
    """Do the homework called *work*, with *photos* of what was done on paper; returns the assignment's id."""
    page.goto("/assignments")
    page.get_by_role("main").get_by_role("link", name=work).first.click()
    page.wait_for_selector("form[data-ready]")
    assignment = int(page.url.split("/assignments/")[1].split("/")[0])
    for question in page.locator(".work-question").all():
        if question.get_attribute("data-kind") == "photo":
            question.locator("[data-photo-plain] input").set_input_files(photos)
            expect(question.locator(".photo-tile")).to_have_count(len(photos))
        else:
            fill_in(question, 0)
    page.locator("#hand-in").click()
    page.locator("#hand-in-dialog button[value=yes]").click()
    page.wait_for_url("**/receipt")
    return assignment


def see_hand_in(page: Page, assignment: int, pupil: str, photos: int) -> Locator:
    """Find the pupil's photos among what waits for marking; returns the card they are on."""
    page.goto(f"/assignments/{assignment}/marking")
    questions = page.get_by_role("navigation", name="题目").get_by_role("link")
    for number in range(questions.count()):
        questions.nth(number).click()
        page.wait_for_load_state()
        card = page.locator("[data-card]").filter(has_text=pupil).filter(has=page.locator("img"))
        if card.count():
            expect(card.locator("img")).to_have_count(photos)
            card.scroll_into_view_if_needed()
            return card
    message = f"No photos of {pupil} wait for marking."
    raise AssertionError(message)


def mark(card: Locator, points: int, comment: str) -> None:
    """Give *points*, and say something."""
    card.get_by_label("评语", exact=True).fill(comment)
    card.locator(f"[data-quick='{points}']").click()
    expect(card.locator("[data-card-state]")).to_contain_text("已保存")


def return_work(page: Page) -> None:
    """Give back what is marked."""
    page.get_by_role("button", name="发还").first.click()
    page.locator("#return-dialog button[value=yes]").click()
    page.wait_for_load_state()


def read_result(page: Page, work: str, comment: str) -> None:
    """Open the returned *work* from the home page, and read what the teacher says; nothing can be changed."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=work).first.click()
    expect(page.get_by_role("main")).to_contain_text(comment)
    expect(page.locator("main form")).to_have_count(0)


def read_suggestion(page: Page) -> str:
    """Look at what is suggested; returns the first reason, which has a number in it."""
    page.goto("/")
    reason = page.locator(".suggestion .reason").first
    expect(reason).to_contain_text(re.compile(r"\d"))
    reason.scroll_into_view_if_needed()
    return reason.inner_text()


def read_figures(page: Page) -> None:
    """See what the schools use."""
    page.goto("/indicators")
    expect(page.locator("main tbody tr").first).to_be_visible()


def click_down(page: Page) -> None:
    """Go from a figure to the rows it counts: the taught lessons, and a school's classes."""
    page.locator("main a[href*='/indicators/rows/taught']").first.click()
    expect(page.locator("main tbody tr").first).to_be_visible()
