-- expand
-- As before, but numbers beyond a double's range do not fail the search, and digits and blanks are ASCII's alone.
CREATE OR REPLACE FUNCTION as_number(value text) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    IF value !~* '^[ \t\n\r\f\v]*[+-]{0,1}(([0-9]+\.{0,1}[0-9]*|\.[0-9]+)(e[+-]{0,1}[0-9]+){0,1}|inf(inity){0,1})[ \t\n\r\f\v]*$' THEN
        RETURN NULL;
    END IF;
    RETURN value::double precision;
EXCEPTION WHEN numeric_value_out_of_range THEN
    RETURN CASE
        WHEN value ~* 'e-' OR value ~ '^[^1-9]*\.0' THEN 0::double precision
        WHEN value ~ '^[^0-9]*-' THEN '-Infinity'::double precision
        ELSE 'Infinity'::double precision
    END;
END
$$;
