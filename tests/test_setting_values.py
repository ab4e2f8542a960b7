"""Values of settings that are refused, with the way out."""

import pytest
from pydantic import ValidationError

from app.settings import Settings

PRIVATE_KEY = "key:-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n-----END OPENSSH…-----"


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_private_endpoints_are_addresses_with_their_ports() -> None:
    found = settings(outbound_private=" 10.0.3.7:22,[fd00::7]:443, ").private_endpoints

    assert found == [("10.0.3.7", 22), ("fd00::7", 443)]


@pytest.mark.parametrize("value", ["10.0.3.7", "sftp.partner.example:22", "10.0.3.7:ssh", "::1"])
def test_what_is_no_address_with_a_port_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="MASTHEAD_OUTBOUND_PRIVATE"):
        settings(outbound_private=value)


@pytest.mark.parametrize(
    "secret", ["whsec_" + "A" * 32, "s3:KEYID:secret-key", "password:a b: c", PRIVATE_KEY]
)
def test_a_secret_for_a_delivery_has_a_form(secret: str) -> None:
    found = settings(delivery_secrets={"acme": secret}).delivery_secrets["acme"]

    assert found.get_secret_value() == secret


@pytest.mark.parametrize("secret", ["", "secret", "whsec_short", "s3:KEYID", "key:/home/me/key"])
def test_a_secret_of_another_form_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(ValidationError, match="the secret of acme must be") as refused:
        settings(delivery_secrets={"acme": secret})

    assert not secret or f"'{secret}'" not in str(refused.value)
