-- What twin-engine said about identities; it stays known while twin-engine is away. A removed vehicle keeps its row,
-- because its telemetry stays.
CREATE TABLE vehicles (
  vehicle_key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  vehicle_id text NOT NULL CONSTRAINT vehicles_id UNIQUE,
  physical_vehicle_id text NOT NULL,
  is_removed boolean NOT NULL DEFAULT false
);

-- Who sends for a vehicle, and what has come from it up to sync_log.checkpoint_position (later rows of telemetry say the
-- rest).
CREATE TABLE sources (
  source_key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  vehicle_key integer NOT NULL REFERENCES vehicles (vehicle_key),
  source text NOT NULL CHECK (source <> ''),
  sequences bigint[] NOT NULL DEFAULT '{0,0,0}',
  accepted bigint NOT NULL DEFAULT 0,
  duplicate bigint NOT NULL DEFAULT 0,
  late bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  last_time timestamptz,
  CONSTRAINT sources_name UNIQUE (vehicle_key, source)
);

-- One row: how far the checkpoint of the sources goes, and up to where twin-engine has stored what it was sent.
CREATE TABLE sync_log (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  checkpoint_position bigint NOT NULL DEFAULT 0,
  forwarded_position bigint NOT NULL DEFAULT 0
);
INSERT INTO sync_log DEFAULT VALUES;

-- The samples, in the order of their commits by log_position. The key holds the time, so that partitions by day can
-- have it; that a source uses a sequence once is seen to before, by what has come from it.
CREATE TABLE telemetry (
  log_position bigint NOT NULL,
  vehicle_key integer NOT NULL,
  source_key integer NOT NULL,
  sequence bigint NOT NULL,
  time timestamptz NOT NULL,
  receive_time timestamptz NOT NULL,
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
  gear integer,
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
);
CREATE INDEX telemetry_log ON telemetry (log_position);

-- For people and checks.
CREATE VIEW telemetry_samples AS
SELECT vehicles.vehicle_id, vehicles.physical_vehicle_id, sources.source, telemetry.*
FROM telemetry
JOIN vehicles USING (vehicle_key)
JOIN sources USING (source_key);
