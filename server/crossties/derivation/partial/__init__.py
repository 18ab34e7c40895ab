"""The convenience layer after a change, derived only where the change reaches (docs/decisions/0024).

``derive_partly`` follows the changed statements step by step through ``steps``, which says for each derived
property what it reads; what can't be followed is left to the full derivation.
"""
