"""Check uploads in processes of their own: forked ready, confined, one upload each, killed when in doubt.

web process ─ starts ─> zygote, which has everything imported ─ forks ─> workers. The web process itself never
imports what reads or validates.
"""
