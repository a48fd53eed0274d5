-- What is known of artifacts' content. Safe to lose: a row that does not fit the file's present
-- size and etag is not believed.

CREATE TABLE artifact_checksums (
    location TEXT NOT NULL, -- the repository's URI, a slash, the path in it
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    blake3 TEXT NOT NULL,
    sha256 TEXT NOT NULL, -- "" until someone has asked for it
    PRIMARY KEY (location)
) STRICT, WITHOUT ROWID;

-- Runs that `milepost gc` has taken out of sight and is removing.
CREATE TABLE runs_going (
    run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    run_id TEXT NOT NULL,
    artifact_uri TEXT NOT NULL
) STRICT;
