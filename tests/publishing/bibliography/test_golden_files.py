import pytest

from tests.publishing.bibliography.golden_files import FOLDER, written


@pytest.mark.parametrize(("name", "content"), [*written()], ids=lambda each: str(each)[:40])
def test_the_sample_is_written_as_it_was_found_right(name, content):
    assert content.decode() == (FOLDER / name).read_bytes().decode()


def test_no_file_is_left_over():
    assert {path.name for path in FOLDER.iterdir()} == {name for name, _ in written()}
