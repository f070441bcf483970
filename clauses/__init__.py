"""First floor: the clause sets of the world, who may use them, and until when."""
