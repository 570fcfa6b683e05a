"""Who judges IATI? The standard's XML Schema, read by lxml."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tests.exchange.judges import SCHEMAS, Format, replacing


def by_schema(path: Path) -> list[str]:
    """What is not as the schema says."""
    schema = etree.XMLSchema(etree.parse(str(Path(SCHEMAS) / "iati" / "iati-activities-schema.xsd")))
    try:
        document = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [str(error)]
    schema.validate(document)
    return [str(error) for error in schema.error_log]


ACTIVITIES = Format(
    name="iati",
    words='iati --publisher "XM-EXAMPLE-1=Programme office"',
    file="activities.xml",
    judges={"XSD by lxml": by_schema},
    faults={"XSD by lxml": replacing(b'<activity-status code="2"', b'<activity-state code="2"')},
    schemas="iati",
)
