"""Processes that evaluate queries: forked by a zygote, confined, disposable, killed when in doubt.

supervisor ─ starts ─> zygote ─ forks ─> workers; a web process holds a lease (one connection to the zygote).
"""
