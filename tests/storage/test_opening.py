"""Addresses of storages: which are understood, and what is said of others."""

from pathlib import Path

import pytest

from app.storage.bucket import Bucket
from app.storage.disk import Disk
from app.storage.faults import BadAddress
from app.storage.opening import opened


@pytest.fixture(autouse=True)
def _no_account_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT_NAME", raising=False)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/srv/media", "/srv/media"),
        ("./var/media", str(Path.cwd() / "var/media")),
        ("/srv/100% media?", "/srv/100% media?"),
        ("file:///srv/media", "/srv/media"),
        ("file:///srv/my%20media", "/srv/my media"),
        ("file://localhost/srv/media", "/srv/media"),
    ],
)
def test_a_folder(address: str, place: str):
    storage = opened(address)

    assert isinstance(storage, Disk)
    assert storage.place == place


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("s3://newsroom", "s3://newsroom"),
        ("s3://newsroom/media/", "s3://newsroom/media"),
        ("s3://newsroom/media?region=eu-central-1", "s3://newsroom/media"),
        ("s3://newsroom/a/b?endpoint=https://s3.example.org&region=x", "s3://newsroom/a/b"),
        ("s3://newsroom?endpoint=http://10.0.0.5:9000", "s3://newsroom"),
        ("gs://newsroom/media", "gs://newsroom/media"),
        ("gs://newsroom/media?endpoint=http://10.0.0.5:9000", "gs://newsroom/media"),
        ("az://newsroom/media?account=example", "az://newsroom/media"),
        (
            "az://newsroom?account=example&endpoint=http://10.0.0.5:10000/example",
            "az://newsroom",
        ),
    ],
)
def test_a_bucket(address: str, place: str):
    storage = opened(address)

    assert isinstance(storage, Bucket)
    assert storage.place == place


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "no address of a storage"),
        ("a\0b", "no address of a storage"),
        ("s3://[newsroom", "no address of a storage"),
        ("ftp://example.org/media", r"Nothing can be stored at ftp://\. Give a folder, or s3://"),
        ("memory:///", "Nothing can be stored at memory://"),
        ("https://example.org/media", "Nothing can be stored at https://"),
        ("file://srv/media", "three slashes"),
        ("file:///", "three slashes"),
        ("file:///srv/media?x=1", "three slashes"),
        ("s3://", "no name of a bucket"),
        ("s3://News_Room!/media", "no name of a bucket"),
        ("s3://key:secret@newsroom/media", "Credentials stand in the environment"),
        ("s3://newsroom?secret_access_key=x", "stand endpoint and region, each once"),
        ("s3://newsroom?region=", "with a value"),
        ("s3://newsroom?region=a&region=b", "each once"),
        ("s3://newsroom?endpoint=s3.example.org", "like https://s3.example.org"),
        ("s3://newsroom?endpoint=https://k:s@s3.example.org", "like https://s3.example.org"),
        ("s3://newsroom/media#x", "no #"),
        ("s3://newsroom/../x", "s3://newsroom/../x"),
        ("gs://newsroom?region=x", "stand endpoint, each once"),
        ("az://newsroom/media", r"az://container/prefix\?account=…"),
    ],
)
def test_what_is_no_address_is_told(address: str, why: str):
    with pytest.raises(BadAddress, match=why) as told:
        opened(address)

    assert "secret@" not in str(told.value)
