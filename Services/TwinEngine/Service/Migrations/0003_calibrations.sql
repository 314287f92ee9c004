-- Versions given away, the version in use (0: none), and what that version calibrated: by kind, its version and values.
ALTER TABLE twins
  ADD COLUMN calibration_count bigint NOT NULL DEFAULT 0,
  ADD COLUMN calibration_version bigint NOT NULL DEFAULT 0,
  ADD COLUMN calibrated jsonb NOT NULL DEFAULT '{}';

-- Every fit that was applied. `in_use` is what twins.calibrated was right after it, so that a version can be used again
-- with everything that worked beside it.
CREATE TABLE calibrations (
  number bigint NOT NULL REFERENCES twins (number),
  version bigint NOT NULL CHECK (version > 0),
  kind text NOT NULL,
  -- {"name": {"value": 1, "std": 0.1}}
  parameters jsonb NOT NULL,
  -- Values before, by name.
  before jsonb NOT NULL,
  -- Errors by metric.
  fit jsonb NOT NULL,
  holdout jsonb NOT NULL,
  sample_count bigint NOT NULL,
  holdout_count bigint NOT NULL,
  method text NOT NULL,
  -- Reasons by name.
  refused jsonb NOT NULL,
  notes jsonb NOT NULL,
  in_use jsonb NOT NULL,
  create_time timestamptz NOT NULL,
  request_id text CONSTRAINT calibrations_request UNIQUE,
  -- Tells a repeated request from another one with the same id.
  request_digest bigint NOT NULL,
  PRIMARY KEY (number, version)
);
