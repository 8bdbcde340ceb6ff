"""Vectors and their nearest neighbours (向量索引); the FAISS adapter is :mod:`search.vectors.nearest`."""
