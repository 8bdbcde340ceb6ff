"""Bytes in, model out: readers, layout analysis, citations, values (采集)."""
