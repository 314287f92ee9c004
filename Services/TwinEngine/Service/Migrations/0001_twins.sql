-- One row: the last number and the last change given away. Creates and deletes lock it, so that numbers have no gaps
-- and changes become visible in their order.
CREATE TABLE twin_counter (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  last_number bigint NOT NULL DEFAULT 0,
  last_change bigint NOT NULL DEFAULT 0
);
INSERT INTO twin_counter DEFAULT VALUES;

-- A deleted twin keeps its row: its number isn't given away again, and a repeated create finds its first answer.
CREATE TABLE twins (
  number bigint PRIMARY KEY CHECK (number > 0),
  physical_vehicle_id text NOT NULL CHECK (physical_vehicle_id <> ''),
  model_type text NOT NULL,
  overrides jsonb NOT NULL DEFAULT '{}',
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  change bigint NOT NULL CONSTRAINT twins_change UNIQUE,
  request_id text CONSTRAINT twins_request UNIQUE
);
CREATE UNIQUE INDEX twins_vehicle ON twins (physical_vehicle_id) WHERE delete_time IS NULL;
CREATE INDEX twins_model_type ON twins (model_type, number) WHERE delete_time IS NULL;

-- The live state of each twin, written behind. What is missing here after a crash, state-sync sends again.
CREATE TABLE twin_states (
  number bigint PRIMARY KEY REFERENCES twins (number),
  state bytea NOT NULL,
  sources jsonb NOT NULL
) WITH (fillfactor = 50);
