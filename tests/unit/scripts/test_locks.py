from scripts.locks import complaints


def test_every_lock_file_fits_pyproject_and_its_sister() -> None:
    assert complaints() == []
