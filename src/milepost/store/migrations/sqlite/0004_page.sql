-- expand
-- What the page reads: summaries of sealed chunks, and the views that people save or send.

-- The extremes and ends of each block of a sealed chunk, in two sizes (`store/buckets.py`). A chunk
-- without a row here is read whole. Beside the chunks, not in them: SQLite would walk a chunk's
-- data to reach a column behind it.
CREATE TABLE chunk_summaries (
    chunk INTEGER PRIMARY KEY,
    fine BLOB NOT NULL,
    coarse BLOB NOT NULL
) STRICT;

-- State is what the page wrote, never read by the server. NULL name: a link that was sent.
CREATE TABLE views (
    id TEXT PRIMARY KEY,
    experiment INTEGER REFERENCES experiments (id) ON DELETE CASCADE,
    name TEXT,
    state TEXT NOT NULL,
    creation_time INTEGER NOT NULL,
    last_update_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX views_by_experiment ON views (experiment, name) WHERE name IS NOT NULL;
