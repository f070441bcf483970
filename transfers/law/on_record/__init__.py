"""Any exporter's law, judged from its record in the hub: gateway by gateway, in its order, at the depth of the record."""
