"""What a change of law, of facts or of the day moves."""
