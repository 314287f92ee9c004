-- Partitions by day, and several logs.

-- The service works as a role that can't change the schema, so the owner lends it two changes: to make and to drop the
-- partition of one day of a table of this schema that is partitioned by time. A day is counted in UTC from 1970; its
-- partition is named after the table and the day.

-- Refuses what is no such table.
CREATE FUNCTION check_day_partitioned(parent text) RETURNS void
LANGUAGE plpgsql SET search_path = state_sync, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_partitioned_table JOIN pg_class ON pg_class.oid = partrelid
    WHERE relname = parent AND relnamespace = 'state_sync'::regnamespace AND partstrat = 'r')
  THEN
    RAISE EXCEPTION '% is not partitioned by day', parent USING ERRCODE = 'undefined_table';
  END IF;
END
$body$;

-- Makes the partitions of these days where they don't exist.
CREATE FUNCTION make_day_partitions(parent text, days bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = state_sync, pg_temp AS $body$
DECLARE
  day bigint;
  first timestamptz;
  child text;
BEGIN
  PERFORM check_day_partitioned(parent);
  FOREACH day IN ARRAY days LOOP
    child := parent || '_' || day;
    CONTINUE WHEN to_regclass(format('state_sync.%I', child)) IS NOT NULL;
    -- Two that make the same one take turns. The second looks into the table, as names may be remembered from before.
    PERFORM pg_advisory_xact_lock(hashtextextended('state_sync.' || parent, 0));
    PERFORM FROM pg_class WHERE relname = child AND relnamespace = 'state_sync'::regnamespace;
    CONTINUE WHEN FOUND;
    first := timestamptz 'epoch' + day * interval '24 hours';
    -- Made apart and attached: made as a partition it would wait for all readers and writers of the table, and stop
    -- those that come after.
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL EXCLUDING INDEXES)', child, parent);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      parent, child, first, first + interval '24 hours');
  END LOOP;
END
$body$;

-- Drops the partition of a day. Stops readers and writers of the table for a moment, so it gives up soon when one of them
-- stays in the way.
CREATE FUNCTION drop_day_partition(parent text, day bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = state_sync, pg_temp SET lock_timeout = '500ms' AS $body$
BEGIN
  PERFORM check_day_partitioned(parent);
  EXECUTE format('DROP TABLE IF EXISTS %I', parent || '_' || day);
END
$body$;

-- Metrics had such functions of their own; their partitions are named the same way.
DROP FUNCTION make_metric_days(bigint[]);
DROP FUNCTION drop_metric_days(bigint);
