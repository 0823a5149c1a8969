from collections.abc import Callable

import pytest
from flask import Flask, render_template_string
from wtforms import Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

Draw = Callable[..., str]


@pytest.fixture
def draw(app: Flask) -> Draw:
    def drawn(call: str, file: str, **values: object) -> str:
        name = call.partition("(")[0]
        with app.test_request_context(headers={"Accept-Language": "en"}):
            source = f'{{% from "app/macros/{file}.html" import {name} %}}{{{{ {call} }}}}'
            return " ".join(render_template_string(source, **values).split())

    return drawn


class Letter(Form):
    title = StringField("Title", [InputRequired("Say what it is about.")])
    unit = RadioField("Unit", choices=[SelectChoice("m"), SelectChoice("cm")])


def test_a_field_ties_its_help_and_its_errors_to_the_input(draw: Draw) -> None:
    form = Letter()
    form.validate()
    html = draw("field(form.title, help='A few words.')", "form", form=form)
    assert '<label class="form-label" for="title">Title' in html
    assert 'aria-describedby="title-help title-errors"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="title-errors"' in html
    assert "Say what it is about." in html


def test_a_field_without_help_and_errors_describes_nothing(draw: Draw) -> None:
    html = draw("field(form.title)", "form", form=Letter())
    assert "aria-describedby" not in html
    assert "aria-invalid" not in html


def test_choices_are_one_group_with_a_legend(draw: Draw) -> None:
    html = draw("choices(form.unit)", "form", form=Letter())
    assert "<fieldset> <legend>Unit</legend>" in html
    assert html.count('type="radio"') == 2


def test_a_table_names_its_columns_in_every_cell_for_phones(draw: Draw) -> None:
    columns = [
        {"key": "name", "label": "Pupil", "kind": "head"},
        {"key": "points", "label": "Points", "kind": "number"},
    ]
    html = draw(
        "table('Marks', columns, rows)", "table", columns=columns, rows=[{"name": "<Li>", "points": 3}]
    )
    assert '<caption class="visually-hidden">Marks</caption>' in html
    assert '<th scope="row">&lt;Li&gt;</th>' in html
    assert '<td data-label="Points" class="is-number">3</td>' in html


def test_a_progress_bar_says_its_figure(draw: Draw) -> None:
    html = draw("progress('Questions', 8, 12)", "progress")
    assert '<progress class="bar" value="8" max="12" aria-label="Questions">66%</progress>' in html


def test_progress_of_nothing_does_not_divide_by_it(draw: Draw) -> None:
    assert 'max="1"' in draw("progress('Questions', 0, 0)", "progress")
    assert "0%" in draw("ring('Questions', 0, 0)", "progress")


def test_a_ring_stays_full_when_more_is_done_than_asked(draw: Draw) -> None:
    assert 'stroke-dasharray="100.00 100"' in draw("ring('Minutes', 30, 20)", "progress")


def test_mastery_shows_its_evidence_and_its_two_dates(draw: Draw) -> None:
    html = draw(
        "mastery('Fractions', 'Good', 0.8, reached=0.9, reached_on='1 May', now_on='2 June', evidence='8')",
        "progress",
    )
    for part in ("1 May", "2 June", "2 June", "Good"):
        assert part in html
    assert "80%" not in html.replace('width="80.0%"', "")


def test_a_chart_carries_its_figures_as_a_table(draw: Draw) -> None:
    series = [{"name": "Lessons", "values": [1, None], "tone": "jade"}]
    html = draw("chart('Minutes', ['Mon', 'Tue'], series, unit='min')", "chart", series=series)
    assert '<th scope="row">Mon</th> <td class="is-number">1</td>' in html
    assert '<th scope="row">Tue</th> <td class="is-number">–</td>' in html
    assert html.count('class="series') == 1


def test_a_line_breaks_where_a_value_is_missing(draw: Draw) -> None:
    series = [{"name": "Share", "values": [1, 2, None, 3], "tone": "blue"}]
    html = draw("chart('Share', ['a', 'b', 'c', 'd'], series, kind='line')", "chart", series=series)
    assert html.count("<polyline") == 2
    assert html.count("<circle") == 3


def test_links_that_say_the_same_are_told_apart_by_what_they_are_about(draw: Draw) -> None:
    html = draw("link_button('Continue', '/x', about='Photosynthesis')", "button")
    assert '<span class="visually-hidden"> Photosynthesis</span>' in html


def test_a_button_that_changes_something_posts_with_the_token(draw: Draw) -> None:
    html = draw("post_button('Not for me', '/refuse', fields={'id': 3}, confirm='sure')", "button")
    assert 'method="post"' in html
    assert 'data-confirm="sure"' in html
    assert 'name="csrf_token"' in html
    assert '<input type="hidden" name="id" value="3">' in html


def test_a_pager_with_nowhere_to_go_is_not_drawn(draw: Draw) -> None:
    assert draw("pager()", "tabs") == ""
    assert 'rel="next" href="?cursor=x"' in draw("pager(older='?cursor=x')", "tabs")


def test_an_error_message_interrupts_and_a_success_does_not(draw: Draw) -> None:
    assert 'role="alert"' in draw("message('No.', 'danger')", "message")
    assert 'role="alert"' not in draw("message('Yes.', 'success')", "message")
