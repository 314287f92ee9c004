-- Sensor, environment and operations samples, and events.

-- What counts its sequences on its own, and which of them have come. Whoever stores samples locks the rows of their
-- streams, so that what has come is known whichever process writes. sensor_id is empty unless kind is 1 (sensor).
CREATE TABLE observation_streams (
  stream_key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  vehicle_key integer NOT NULL REFERENCES vehicles (vehicle_key),
  kind integer NOT NULL CHECK (kind BETWEEN 1 AND 3),
  source text COLLATE "C" NOT NULL CHECK (source <> ''),
  sensor_id text COLLATE "C" NOT NULL CHECK ((sensor_id <> '') = (kind = 1)),
  sequences bigint[] NOT NULL DEFAULT '{0,0,0}',
  CONSTRAINT observation_streams_name UNIQUE (vehicle_key, kind, source, sensor_id)
);

-- One row a sample or event, a partition a day. vehicle_key 0 stands for no vehicle, kind is that of ObservationKind,
-- content a serialized twin.statesync.v1.Observation. That a sample or event is stored once is seen to by
-- observation_streams and event_keys.
CREATE SEQUENCE observation_numbers AS bigint;
CREATE TABLE observations (
  vehicle_key integer NOT NULL,
  kind integer NOT NULL,
  time timestamptz NOT NULL,
  number bigint NOT NULL DEFAULT nextval('observation_numbers'),
  receive_time timestamptz NOT NULL,
  content bytea NOT NULL,
  CONSTRAINT observations_key PRIMARY KEY (vehicle_key, kind, time, number)
) PARTITION BY RANGE (time);

-- SHA-256 over source, a zero byte and id of every event, as long as the event is kept.
CREATE TABLE event_keys (
  key bytea PRIMARY KEY,
  time timestamptz NOT NULL
);
CREATE INDEX event_keys_time ON event_keys (time);

-- The newest sample of each condition of a vehicle, until twin-engine has stored it and after. revision counts the changes
-- of all of them.
CREATE SEQUENCE condition_revisions AS bigint;
CREATE TABLE vehicle_conditions (
  vehicle_key integer NOT NULL,
  kind integer NOT NULL,
  sensor_id text COLLATE "C" NOT NULL,
  time timestamptz NOT NULL,
  sequence bigint NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('condition_revisions'),
  forwarded_revision bigint NOT NULL DEFAULT 0,
  content bytea NOT NULL,
  PRIMARY KEY (vehicle_key, kind, sensor_id)
);
CREATE INDEX vehicle_conditions_unforwarded ON vehicle_conditions (revision) WHERE revision > forwarded_revision;

-- Vehicles that are outside of a bound by the alarms that are stored.
CREATE TABLE open_divergences (
  vehicle_key integer PRIMARY KEY,
  since timestamptz NOT NULL
);
