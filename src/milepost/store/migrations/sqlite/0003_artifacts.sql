-- expand
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

-- Deleted runs that `milepost gc` has begun to remove: they cannot be restored any more.
CREATE TABLE runs_going (
    run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE
) STRICT;
