-- expand
-- Runs whose points are in files of the artifact store (`store/archive.py`). A chunk that is there
-- has codec 2, and its data say where. Archiving the first run keeps servers out that do not know
-- this step: see `migrations.keep_out_older`.
CREATE TABLE run_archives (
    run bigint PRIMARY KEY,
    file bigint NOT NULL, -- the number of its newest file; never used twice
    is_pending integer NOT NULL, -- 1: no chunk points to that file, which is being written or was
    chunk_bytes bigint NOT NULL -- in all its files that chunks point to
);
