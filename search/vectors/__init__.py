"""Vectors and their nearest neighbours (向量索引)."""
