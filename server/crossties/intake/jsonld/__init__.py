"""JSON-LD: its text with places, its contexts without the network, and what its keys and values state."""
