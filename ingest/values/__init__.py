"""Target values as printed (指标值): sign, number and unit, or words."""

from ingest.values.looks import is_placeholder, looks_like_value
from ingest.values.reading import parse_value
from ingest.values.signs import is_operator

__all__ = ["is_operator", "is_placeholder", "looks_like_value", "parse_value"]
