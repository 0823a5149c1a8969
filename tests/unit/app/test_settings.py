import pytest

from app.settings import SearchEngine, Settings, WeakSetting


def test_the_search_index_lives_in_files_unless_told_otherwise() -> None:
    assert Settings.from_environment({}).search_engine is SearchEngine.WHOOSH


def test_a_search_index_in_postgresql_needs_postgresql() -> None:
    with pytest.raises(WeakSetting, match="WEIKE_DATABASE_URL"):
        Settings.from_environment({"WEIKE_SEARCH_ENGINE": "postgresql"})
    chosen = Settings.from_environment(
        {"WEIKE_SEARCH_ENGINE": "postgresql", "WEIKE_DATABASE_URL": "postgresql+psycopg://weike@db/weike"}
    )
    assert chosen.search_engine is SearchEngine.POSTGRESQL


def test_an_unknown_search_engine_is_told_by_name() -> None:
    with pytest.raises(WeakSetting, match="WEIKE_SEARCH_ENGINE='solr'"):
        Settings.from_environment({"WEIKE_SEARCH_ENGINE": "solr"})
