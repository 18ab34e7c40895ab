"""Check files against the syntax, the vocabulary, the shapes and the rules of the whole graph.

Only this package imports rdflib and pyshacl; serving never imports it.
"""
