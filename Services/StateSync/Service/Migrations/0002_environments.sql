-- Mirrored environments. A deleted one keeps its row until twin-engine has heard of it.
CREATE TABLE environments (
  environment_id text COLLATE "C" PRIMARY KEY CHECK (environment_id ~ '^[a-z0-9-]{1,63}$'),
  kind integer NOT NULL CHECK (kind BETWEEN 1 AND 3),
  create_time timestamptz NOT NULL,
  -- End of the newest successful sync.
  last_sync_time timestamptz,
  target_count integer NOT NULL DEFAULT 0,
  -- Counts everything that happens to the environment; twin-engine has heard of it up to forwarded_revision.
  revision bigint NOT NULL DEFAULT 1,
  forwarded_revision bigint NOT NULL DEFAULT 0,
  is_deleted boolean NOT NULL DEFAULT false,
  request_id text CONSTRAINT environments_request UNIQUE
);
INSERT INTO environments (environment_id, kind, create_time) VALUES
  ('development', 1, now()), ('staging', 2, now()), ('production', 3, now());

-- Where an environment's state comes from, in the order in which the sources go before each other. config holds paths
-- of credentials, never credentials.
CREATE TABLE environment_sources (
  environment_id text COLLATE "C" NOT NULL REFERENCES environments ON DELETE CASCADE,
  place integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  kind integer NOT NULL,
  config jsonb NOT NULL,
  last_error text,
  last_sync_time timestamptz,
  PRIMARY KEY (environment_id, name)
);

-- What each source said last about each target.
CREATE TABLE environment_reports (
  environment_id text COLLATE "C" NOT NULL REFERENCES environments ON DELETE CASCADE,
  target text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  state jsonb NOT NULL,
  sync_time timestamptz NOT NULL,
  PRIMARY KEY (environment_id, target, source)
);
CREATE INDEX environment_reports_source ON environment_reports (environment_id, source);

-- What all sources together say. revision is the environment's when the target was last read, change_revision when its
-- state last changed.
CREATE TABLE environment_targets (
  environment_id text COLLATE "C" NOT NULL REFERENCES environments ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  state jsonb NOT NULL,
  sync_time timestamptz NOT NULL,
  sources text[] NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  revision bigint NOT NULL,
  change_revision bigint NOT NULL,
  PRIMARY KEY (environment_id, name)
);

-- Targets that went, until twin-engine has heard of it.
CREATE TABLE environment_removals (
  environment_id text COLLATE "C" NOT NULL REFERENCES environments ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (environment_id, name)
);

-- Metric series and their points, a partition a day. The points have no foreign key: it would cost a look-up a point.
CREATE TABLE metric_series (
  series_key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL REFERENCES environments ON DELETE CASCADE,
  target text COLLATE "C" NOT NULL,
  metric text COLLATE "C" NOT NULL,
  -- A JSON object with sorted keys, as text so that it can be compared.
  labels text COLLATE "C" NOT NULL,
  CONSTRAINT metric_series_name UNIQUE (environment_id, target, metric, labels)
);
CREATE TABLE metric_points (
  series_key bigint NOT NULL,
  time timestamptz NOT NULL,
  value double precision NOT NULL,
  PRIMARY KEY (series_key, time)
) PARTITION BY RANGE (time);

-- The service works as a role that can't change the schema, so the owner lends it exactly these two changes.

-- Makes the partition of each day, counted in UTC from 1970.
CREATE FUNCTION make_metric_days(days bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = state_sync, pg_temp AS $body$
DECLARE
  day bigint;
  first timestamptz;
BEGIN
  FOREACH day IN ARRAY days LOOP
    IF to_regclass('state_sync.metric_points_' || day) IS NULL THEN
      -- Two that make the same one take turns.
      PERFORM pg_advisory_xact_lock(hashtextextended('state_sync.metric_points', 0));
      first := timestamptz 'epoch' + day * interval '24 hours';
      EXECUTE format(
        'CREATE TABLE IF NOT EXISTS metric_points_%s PARTITION OF metric_points FOR VALUES FROM (%L) TO (%L)',
        day, first, first + interval '24 hours');
    END IF;
  END LOOP;
END
$body$;

-- Drops the partitions of the days before this one, and returns how many there were.
CREATE FUNCTION drop_metric_days(before bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = state_sync, pg_temp AS $body$
DECLARE
  partition_name text;
  dropped integer := 0;
BEGIN
  FOR partition_name IN
    SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = 'state_sync.metric_points'::regclass
      AND substring(child.relname FROM '^metric_points_(-?[0-9]+)$')::bigint < before
  LOOP
    EXECUTE format('DROP TABLE %I', partition_name);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$body$;
