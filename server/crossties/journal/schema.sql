-- The truth of an instance. Times are UTC, as in 2026-11-22T10:00:00Z; digests are SHA-256 in hexadecimal.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Canonical N-Quads of named graphs, each kept once, by the digest of the text before it was packed
CREATE TABLE text (digest TEXT PRIMARY KEY, packed BLOB NOT NULL) STRICT;

-- What the files of data/ said when they were last looked at; source is the digest of the file's bytes
CREATE TABLE curated (graph TEXT PRIMARY KEY, source TEXT NOT NULL, digest TEXT NOT NULL) STRICT;

CREATE TABLE contribution (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  upload BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  licence TEXT NOT NULL,
  source TEXT NOT NULL,
  comment TEXT NOT NULL,
  graph TEXT NOT NULL,
  based_on TEXT,
  digest TEXT REFERENCES text,
  state TEXT NOT NULL CHECK (state IN ('failing', 'waiting', 'accepted', 'rejected', 'rolled back'))
) STRICT;
CREATE INDEX contribution_state ON contribution (state, id);
CREATE INDEX contribution_graph ON contribution (graph, id);

-- Each time that a contribution was judged, and on top of which entry; the difference is told with it
CREATE TABLE verdict (
  id INTEGER PRIMARY KEY,
  contribution INTEGER NOT NULL REFERENCES contribution,
  at TEXT NOT NULL,
  entry INTEGER NOT NULL,
  conforms INTEGER NOT NULL,
  report TEXT NOT NULL,
  difference TEXT NOT NULL
) STRICT;
CREATE INDEX verdict_contribution ON verdict (contribution, id);

-- Which published answers a contribution would change, as it was found on top of an entry
CREATE TABLE effect (
  contribution INTEGER PRIMARY KEY REFERENCES contribution, entry INTEGER NOT NULL, told TEXT NOT NULL
) STRICT;

CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  contribution INTEGER NOT NULL REFERENCES contribution,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('comment', 'accept', 'reject', 'stop', 'roll back')),
  text TEXT NOT NULL
) STRICT;
CREATE INDEX review_contribution ON review (contribution, id);

-- Everything that ever changed the graph, in order; chain is the digest of this entry and all before it
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  act TEXT NOT NULL CHECK (act IN ('data', 'merge', 'rollback', 'resolution')),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  contribution INTEGER REFERENCES contribution,
  undoes INTEGER UNIQUE REFERENCES entry,
  note TEXT NOT NULL,
  chain TEXT NOT NULL
) STRICT;
CREATE INDEX entry_contribution ON entry (contribution);

-- The old text of a graph against the new one; NULL is no such graph
CREATE TABLE change (
  entry INTEGER NOT NULL REFERENCES entry,
  graph TEXT NOT NULL,
  old TEXT REFERENCES text,
  new TEXT REFERENCES text,
  PRIMARY KEY (entry, graph)
) STRICT;
CREATE INDEX change_graph ON change (graph, entry);

-- The sum of all changes, kept with them
CREATE TABLE present (
  graph TEXT PRIMARY KEY, digest TEXT NOT NULL REFERENCES text, entry INTEGER NOT NULL REFERENCES entry
) STRICT;

-- A file of newer data whose graph contributions had changed here too: a reviewer decides
CREATE TABLE conflict (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  graph TEXT NOT NULL,
  here TEXT,
  file TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'taken', 'overtaken'))
) STRICT;

CREATE TABLE token (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  holder TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('contributor', 'reviewer', 'operator')),
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  revoked TEXT
) STRICT;

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry never changes'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry never goes'); END;
CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'a change never changes'); END;
CREATE TRIGGER change_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'a change never goes'); END;
CREATE TRIGGER upload_stays BEFORE UPDATE OF upload, sha256, by, at, name, licence, source, based_on ON contribution
BEGIN SELECT RAISE(ABORT, 'what was sent never changes'); END;
