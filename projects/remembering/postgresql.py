"""The version of the data on PostgreSQL: the sum of a random number for every write.

A write adds a row of its own and touches no other's, so writers never wait for each other. A reader
adds up what it sees: the numbers of exactly those transactions whose data it sees as well,
whatever the order in which they were committed.
"""

MOVE = (
    "INSERT INTO projects_data_version"
    " SELECT ('x' || left(md5(gen_random_uuid()::text), 15))::bit(60)::bigint"
)

SHARED = (
    "CREATE TABLE IF NOT EXISTS projects_data_version (token numeric NOT NULL)",
    # Now and then it makes one row of those that nobody else is making one of; their sum stays.
    # Where a transaction keeps one snapshot, that could fail for what others have merged since.
    # The path is kept, as a restore of data alone runs its triggers with an empty one.
    """
    CREATE OR REPLACE FUNCTION projects_move_version() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    DECLARE
        merged numeric := 0;
    BEGIN
        IF random() < 0.03 AND current_setting('transaction_isolation') = 'read committed' THEN
            WITH gone AS (
                DELETE FROM projects_data_version WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM projects_data_version FOR UPDATE SKIP LOCKED
                ))
                RETURNING token
            )
            SELECT coalesce(sum(token), 0) INTO merged FROM gone;
        END IF;
        INSERT INTO projects_data_version VALUES (
            merged + ('x' || left(md5(gen_random_uuid()::text), 15))::bit(60)::bigint
        );
        RETURN NULL;
    END $$
    """,
    f"{MOVE} WHERE NOT EXISTS (SELECT FROM projects_data_version)",
)

DROP = (
    "DROP FUNCTION IF EXISTS projects_move_version",
    "DROP TABLE IF EXISTS projects_data_version",
)


def of_table(table: str) -> list[str]:
    """What creates the trigger of a table; once a statement, whatever the number of its rows."""
    return [
        f"CREATE OR REPLACE TRIGGER moves_version "
        f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION projects_move_version()"
    ]


def off_table(table: str) -> list[str]:
    """What drops it."""
    return [f"DROP TRIGGER IF EXISTS moves_version ON {table}"]
