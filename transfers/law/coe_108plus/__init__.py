"""Convention 108+, article 14, as a benchmark applied to every route, whether or not it is in force."""
