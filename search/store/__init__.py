"""The graph behind one adapter, and the guard before its public endpoint (图库)."""
