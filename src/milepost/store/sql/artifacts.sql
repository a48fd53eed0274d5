-- Where runs keep artifacts, and what is known of artifacts' content.

-- name: ARTIFACT_URI_SELECT
SELECT artifact_uri FROM runs WHERE run_id = ?;

-- name: CHECKSUM_UPSERT
INSERT INTO artifact_checksums (location, size, etag, blake3, sha256) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (location) DO UPDATE SET size = excluded.size, etag = excluded.etag,
    blake3 = excluded.blake3, sha256 = excluded.sha256;

-- name: CHECKSUMS_SELECT
SELECT location, size, etag, blake3, sha256 FROM artifact_checksums
WHERE location IN (SELECT value FROM json_each(? /* texts */));

-- name: CHECKSUMS_DELETE
DELETE FROM artifact_checksums WHERE location = ? OR (location > ? AND location < ?);
