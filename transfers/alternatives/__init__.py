"""What would be if a route were otherwise: remedies, questions that matter, tools side by side, why not."""
