"""Tokens that a CDN can check, byte for byte."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr, ValidationError

from app.delivery.playback_tokens import signed, signers
from app.settings import Settings

EXPIRES = 1_795_773_600
HLS, MP4 = "application/vnd.apple.mpegurl", "video/mp4"
KNOWN = signers(
    {
        "own": SecretStr("hmac:a secret: with a colon"),
        "akamai": SecretStr("akamai:52a152a152a152a152a152a152a1"),
    }
)


def test_akamais_token_is_the_one_that_its_own_library_makes() -> None:
    """The vector was made with akamai-edgeauth 0.3.2, `generate_acl_token`, `escape_early` off."""
    url = signed("https://cdn.example/films/lindle-gate/master.m3u8", HLS, KNOWN["akamai"], EXPIRES)

    assert url == (
        "https://cdn.example/films/lindle-gate/master.m3u8?hdnts=exp=1795773600"
        "~acl=/films/lindle-gate/*"
        "~hmac=a3cdb24db32b4b4fc72d8c492acc69a5bbbf762dfe23c7bdad60929ba1b972d5"
    )


def test_akamais_token_for_a_file_is_for_that_file() -> None:
    url = signed("https://cdn.example/films/a.mp4", MP4, KNOWN["akamai"], EXPIRES)

    assert "~acl=/films/a.mp4~hmac=" in url


def test_the_plain_token_is_what_its_description_says() -> None:
    url = signed("https://cdn.example/films/é%20a/m.m3u8?v=2", HLS, KNOWN["own"], EXPIRES)

    asked = parse_qs(urlsplit(url).query, strict_parsing=True)
    assert asked.keys() == {"v", "expires", "path", "signature"}
    [path], [expires], [signature] = asked["path"], asked["expires"], asked["signature"]
    assert (path, expires) == ("/films/é%20a/", str(EXPIRES))
    proof = hmac.new(b"a secret: with a colon", f"{path}\n{expires}".encode(), hashlib.sha256)
    assert base64.urlsafe_b64decode(signature + "=") == proof.digest()


def test_a_fixed_vector_of_the_plain_token() -> None:
    url = signed("https://cdn.example/a/film.mp4", MP4, KNOWN["own"], EXPIRES)

    assert url == (
        "https://cdn.example/a/film.mp4?expires=1795773600&path=/a/film.mp4"
        "&signature=xYtyoX0IIZPMEegwUkUcq34M-htLJjcFp1yMUktcPz0"
    )


@pytest.mark.parametrize("scheme", ["own", "akamai"])
def test_another_expiry_another_path_another_key_make_another_token(scheme: str) -> None:
    def token(url: str = "https://cdn.example/a/m.m3u8", at: int = EXPIRES, key: str = "x") -> str:
        secret = f"akamai:{key.encode().hex() * 8}" if scheme == "akamai" else f"hmac:{key * 16}"
        signer = signers({"it": SecretStr(secret)})["it"]
        return signed(url, HLS, signer, at).rpartition("=")[2]

    tokens = {token(), token(at=EXPIRES + 1), token("https://cdn.example/b/m.m3u8"), token(key="y")}

    assert len(tokens) == 4


def test_our_own_files_need_no_token() -> None:
    assert signed("/media/x/y/original.mp4", MP4, KNOWN["own"], EXPIRES) == (
        "/media/x/y/original.mp4"
    )


@pytest.mark.parametrize(
    "secret", ["", "short", "hmac:short", "akamai:xyz", "akamai:52a", "md5:" + "a" * 40]
)
def test_a_secret_that_cannot_sign_is_refused_by_its_name_and_not_shown(secret: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(_env_file=None, playback_secrets={"cdn-1": secret})

    assert "cdn-1" in str(refused.value)
    assert secret not in str(refused.value) or not secret
