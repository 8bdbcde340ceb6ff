"""What the graph says: the model, its vocabulary, its registers (本体)."""
