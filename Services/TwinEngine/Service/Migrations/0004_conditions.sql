-- The newest report of each condition of a twin: its surroundings (kind 2), its use (3), the state of each sensor (1).
-- Written behind; what is missing here after a crash, state-sync tells again.
CREATE TABLE twin_conditions (
  number bigint NOT NULL REFERENCES twins (number),
  kind integer NOT NULL CHECK (kind BETWEEN 1 AND 3),
  sensor_id text COLLATE "C" NOT NULL CHECK ((sensor_id <> '') = (kind = 1)),
  time timestamptz NOT NULL,
  sequence bigint NOT NULL,
  -- A serialized twin.common.v1.SensorSample, EnvironmentSample or OperationsSample.
  report bytea NOT NULL,
  PRIMARY KEY (number, kind, sensor_id)
);
