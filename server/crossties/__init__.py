"""crossties: a knowledge graph of cross-border cooperation and the service that publishes it."""

__version__ = "0.1.0"
