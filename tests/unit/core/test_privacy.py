"""Every table says what it holds about a person, why, how long, and how it ends."""

from collections import Counter

import pytest

import app.factory  # noqa: F401 -- the application's wiring imports every model
from core.database import Model
from core.privacy import Impersonal, Personal

MODELS = sorted((mapper.class_ for mapper in Model.registry.mappers), key=lambda model: model.__name__)
PERSONAL = [model for model in MODELS if isinstance(getattr(model, "__privacy__", None), Personal)]
IMPERSONAL = [model for model in MODELS if isinstance(getattr(model, "__privacy__", None), Impersonal)]


def columns_of(model: type[Model]) -> set[str]:
    return {attribute.key for attribute in model.__mapper__.column_attrs}


def people_in(model: type[Model]) -> set[str]:
    """The columns that refer to a person by foreign key."""
    return {
        column.key
        for column in model.__table__.columns
        for key in column.foreign_keys
        if key.column.table.name == "person"
    }


def declared_columns(privacy: Personal) -> list[str]:
    """Every column that the declaration names, as often as it does."""
    used = [column for use in privacy.uses for column in use.columns]
    return [*privacy.subjects, *used, *privacy.technical]


def test_the_product_has_models_of_both_kinds() -> None:
    assert len(PERSONAL) > 10
    assert len(IMPERSONAL) > 10


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_declares_what_it_holds_about_a_person(model: type[Model]) -> None:
    # Its own declaration: one that is inherited says nothing about this table.
    assert "__privacy__" in vars(model)
    assert isinstance(model.__privacy__, Personal | Impersonal)


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_every_column_about_a_person_has_a_purpose_or_is_technical(model: type[Model]) -> None:
    privacy = model.__privacy__
    assert isinstance(privacy, Personal)
    undeclared = columns_of(model) - set(declared_columns(privacy))
    assert not undeclared, f"{model.__name__} keeps {sorted(undeclared)} without purpose and retention"


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_a_declaration_names_only_columns_that_exist_and_each_once(model: type[Model]) -> None:
    privacy = model.__privacy__
    assert isinstance(privacy, Personal)
    counted = Counter(declared_columns(privacy))
    assert not set(counted) - columns_of(model)
    assert not [column for column, times in counted.items() if times > 1]


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_a_declaration_names_whose_data_a_row_is_and_says_why_it_is_kept(model: type[Model]) -> None:
    privacy = model.__privacy__
    assert isinstance(privacy, Personal)
    assert privacy.subjects
    assert privacy.uses
    assert all(use.purpose.strip() and use.columns for use in privacy.uses)


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_no_column_that_names_a_person_is_called_technical(model: type[Model]) -> None:
    privacy = model.__privacy__
    assert isinstance(privacy, Personal)
    assert not people_in(model) & set(privacy.technical)


@pytest.mark.parametrize("model", IMPERSONAL, ids=lambda model: model.__name__)
def test_a_table_about_no_person_says_why_and_names_its_authors(model: type[Model]) -> None:
    privacy = model.__privacy__
    assert isinstance(privacy, Impersonal)
    assert privacy.because.strip()
    assert people_in(model) == set(privacy.authors)
