"""An organisation's record of processing activities (GDPR art. 30) as routes and importers."""
