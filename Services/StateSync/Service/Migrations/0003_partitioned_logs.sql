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

-- A log for each replica that writes: positions ascend within a log. What came from the sources up to its
-- checkpoint_position is in source_records; twin-engine has stored it up to its forwarded_position.
CREATE TABLE logs (
  log_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CONSTRAINT logs_name UNIQUE CHECK (name <> ''),
  -- Who writes it: a number that a process drew, and how often it was opened. Whoever writes with another epoch was
  -- succeeded by somebody.
  holder bigint NOT NULL DEFAULT 0,
  epoch bigint NOT NULL DEFAULT 0,
  checkpoint_position bigint NOT NULL DEFAULT 0,
  forwarded_position bigint NOT NULL DEFAULT 0
);
-- What there was of one log before. A replica of another name finds it as the log of somebody who is gone.
INSERT INTO logs (name, checkpoint_position, forwarded_position)
SELECT 'main', checkpoint_position, forwarded_position FROM sync_log;
DROP TABLE sync_log;

-- Makes sure, until the end of the transaction, that a log isn't opened by somebody else.
CREATE FUNCTION hold_log(held_log integer, held_epoch bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM FROM state_sync.logs WHERE log_id = held_log AND epoch = held_epoch FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another process has taken over log %', held_log USING ERRCODE = 'TWLOG';
  END IF;
END
$body$;

-- What has come from a source, as the writer of each log tells it: counts are of what went into this log, sequences of all
-- that the writer knows. Both together over all logs, and the rows after each log's checkpoint, are what has come.
CREATE TABLE source_records (
  source_key integer NOT NULL REFERENCES sources,
  log_id integer NOT NULL REFERENCES logs,
  sequences bigint[] NOT NULL,
  accepted bigint NOT NULL,
  duplicate bigint NOT NULL,
  late bigint NOT NULL,
  rejected bigint NOT NULL,
  last_time timestamptz,
  PRIMARY KEY (source_key, log_id)
) WITH (fillfactor = 70);
INSERT INTO source_records (source_key, log_id, sequences, accepted, duplicate, late, rejected, last_time)
SELECT source_key, log_id, sequences, accepted, duplicate, late, rejected, last_time
FROM sources, logs WHERE logs.name = 'main';
ALTER TABLE sources
  DROP COLUMN sequences, DROP COLUMN accepted, DROP COLUMN duplicate, DROP COLUMN late, DROP COLUMN rejected,
  DROP COLUMN last_time;

-- The samples, a partition a day. The key holds all that makes a sample itself: sent again it is refused, whichever
-- replica stored it first.
DROP VIEW telemetry_samples;
ALTER TABLE telemetry RENAME TO telemetry_before;
ALTER TABLE telemetry_before RENAME CONSTRAINT telemetry_key TO telemetry_before_key;
ALTER INDEX telemetry_log RENAME TO telemetry_before_log;
CREATE TABLE telemetry (
  log_position bigint NOT NULL,
  sequence bigint NOT NULL,
  time timestamptz NOT NULL,
  receive_time timestamptz NOT NULL,
  log_id integer NOT NULL,
  vehicle_key integer NOT NULL,
  source_key integer NOT NULL,
  gear integer,
  lat double precision,
  lon double precision,
  x_m double precision,
  y_m double precision,
  altitude_m double precision,
  speed_mps double precision,
  heading_deg double precision,
  yaw_rate_rps double precision,
  steering_rad double precision,
  acceleration_mps2 double precision,
  lateral_acceleration_mps2 double precision,
  throttle double precision,
  brake double precision,
  position_std_m double precision,
  speed_std_mps double precision,
  heading_std_deg double precision,
  yaw_rate_std_rps double precision,
  acceleration_std_mps2 double precision,
  leader_gap_m double precision,
  leader_speed_mps double precision,
  energy_j double precision,
  -- A serialized twin.common.v1.TelemetrySample that holds the reports of the sensors; null when there are none.
  sensors bytea,
  CONSTRAINT telemetry_key PRIMARY KEY (vehicle_key, time, source_key, sequence)
) PARTITION BY RANGE (time);
CREATE INDEX telemetry_log ON telemetry (log_id, log_position);

SELECT make_day_partitions('telemetry', coalesce(array_agg(DISTINCT day), '{}'))
FROM (SELECT floor(extract(epoch FROM time) / 86400)::bigint AS day FROM telemetry_before) AS days;
INSERT INTO telemetry (
  log_position, sequence, time, receive_time, log_id, vehicle_key, source_key, gear, lat, lon, x_m, y_m, altitude_m,
  speed_mps, heading_deg, yaw_rate_rps, steering_rad, acceleration_mps2, lateral_acceleration_mps2, throttle, brake,
  position_std_m, speed_std_mps, heading_std_deg, yaw_rate_std_rps, acceleration_std_mps2, leader_gap_m,
  leader_speed_mps, energy_j, sensors)
SELECT
  log_position, sequence, time, receive_time, log_id, vehicle_key, source_key, gear, lat, lon, x_m, y_m, altitude_m,
  speed_mps, heading_deg, yaw_rate_rps, steering_rad, acceleration_mps2, lateral_acceleration_mps2, throttle, brake,
  position_std_m, speed_std_mps, heading_std_deg, yaw_rate_std_rps, acceleration_std_mps2, leader_gap_m,
  leader_speed_mps, energy_j, sensors
FROM telemetry_before, logs WHERE logs.name = 'main';
DROP TABLE telemetry_before;
-- A log in which nothing ever was belongs to nobody.
DELETE FROM logs WHERE checkpoint_position = 0 AND forwarded_position = 0
  AND NOT EXISTS (SELECT FROM telemetry) AND NOT EXISTS (SELECT FROM source_records);

-- For people and checks.
CREATE VIEW telemetry_samples AS
SELECT vehicles.vehicle_id, vehicles.physical_vehicle_id, sources.source, telemetry.*
FROM telemetry
JOIN vehicles USING (vehicle_key)
JOIN sources USING (source_key);
