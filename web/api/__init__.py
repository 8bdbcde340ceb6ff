"""The JSON interface under /api/v1 (接口)."""
