"""The pages that people read (网页)."""
