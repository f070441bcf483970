"""Many routes: from a table to results, each distinct route judged once."""
