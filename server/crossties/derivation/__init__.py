"""The convenience layer: what questions read and nobody may state, derived from what is stated.

``derive`` runs the CONSTRUCT queries of ``rules/`` in the order of their numbers, and modules where SPARQL
is the wrong tool. Each derived term is documented in ``ontology/derived.ttl``.
"""
