-- expand
-- Documents of up to a page stand in their row as they are: a page of search results reads a
-- hundred, and two fifths of that would be inflating them. Those already there are
-- left; they change when their runs do.
ALTER TABLE run_documents ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE run_documents SET (toast_tuple_target = 8160);
