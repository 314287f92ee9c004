-- Twins of environments, as state-sync told of them.
CREATE TABLE environment_twins (
  environment_id text COLLATE "C" PRIMARY KEY,
  kind integer NOT NULL,
  -- Tells this environment from an older one of the same id.
  create_time timestamptz NOT NULL,
  -- End of the newest successful sync.
  sync_time timestamptz
);

CREATE TABLE environment_twin_targets (
  environment_id text COLLATE "C" NOT NULL REFERENCES environment_twins ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  sync_time timestamptz NOT NULL,
  -- A serialized twin.statesync.v1.Target; version and sync_time above count.
  target bytea NOT NULL,
  -- A serialized twin.engine.v1.TargetTwin that holds the calibrated parameters; null before the first calibration.
  parameters bytea,
  PRIMARY KEY (environment_id, name)
);
