-- expand
-- The oldest schema that a server must know to use the database after this step: 0 for a step that
-- servers without it can live with, its own number for a contract step.
ALTER TABLE schema_migrations ADD COLUMN oldest_schema integer NOT NULL DEFAULT 0;
