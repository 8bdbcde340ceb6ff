"""Questions in, hits out: graph store, encoders, hybrid index (检索)."""
