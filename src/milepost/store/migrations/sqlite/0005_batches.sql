-- expand
-- The last batch that was taken of each client's stream (header Milepost-Batch-Id), so that one
-- that is sent twice changes nothing; and when a run was last heard of.
CREATE TABLE batch_streams (
    stream TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    taken_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_streams_by_time ON batch_streams (taken_time);
CREATE TABLE heartbeats (
    run INTEGER PRIMARY KEY,
    time INTEGER NOT NULL
) STRICT;
