"""Pictures for the file: the route of an assessment, and the world by outcome. Plain SVG with a text alternative, made without any library."""

from transfers.documents.pictures.drawing import Picture
from transfers.documents.pictures.outcome_map import outcome_map
from transfers.documents.pictures.route import route_picture

__all__ = ["Picture", "outcome_map", "route_picture"]
