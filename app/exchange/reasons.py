"""Why something of an import could not be taken, for its report."""

from pydantic import ValidationError

from app.errors import MastheadError


def told(error: Exception) -> str:
    """What is wrong, in a line, with the first values that are."""
    if isinstance(error, MastheadError):
        faults = [f"{fault.pointer}: {fault.detail}" for fault in error.faults]
        return " ".join([error.detail, *faults[:5]])
    if not isinstance(error, ValidationError):
        return f"something unexpected ({type(error).__name__}: {error})"[:300]
    found = error.errors(include_url=False, include_input=False)[:5]
    return "; ".join(f"{'/'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in found)
