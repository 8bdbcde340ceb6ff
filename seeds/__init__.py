"""Data only: seed documents and sample queries (种子数据)."""
