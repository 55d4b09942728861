"""draftwg: a terminal workflow for drafting recommendations in intergovernmental meetings."""

__version__ = "0.1.0"
