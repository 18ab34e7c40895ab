"""The triple store: built once per version, then only read. With ``quads`` the only user of pyoxigraph."""
