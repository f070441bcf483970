"""What a translation has to say, and how far it has come."""
