-- Uploaded files and how far each is worked off. The bytes lie in a folder of the replica that took them.
CREATE TABLE uploads (
  upload_key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Given by the caller, so that a repeat finds the first one.
  request_id text CONSTRAINT uploads_request UNIQUE,
  -- The numbers of twin.statesync.v1.UploadFormat and twin.common.v1.JobStatus.
  format integer NOT NULL,
  is_gzip boolean NOT NULL,
  vehicle_id text NOT NULL,
  source text NOT NULL,
  folder text NOT NULL,
  file text NOT NULL CONSTRAINT uploads_file UNIQUE,
  bytes bigint NOT NULL,
  status integer NOT NULL,
  -- Rows up to this one are counted below.
  row_count bigint NOT NULL DEFAULT 0,
  accepted bigint NOT NULL DEFAULT 0,
  duplicate bigint NOT NULL DEFAULT 0,
  late bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  bytes_done bigint NOT NULL DEFAULT 0,
  -- The rows after those, which are on their way into telemetry with this receive_time; what the highest sequence of each
  -- source was before. After a crash this tells which of them arrived.
  round_time timestamptz,
  round_rows integer,
  round_sources bigint[],
  round_highest bigint[],
  error text,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  end_time timestamptz
);
CREATE INDEX uploads_open ON uploads (folder, upload_key) WHERE end_time IS NULL;
CREATE INDEX uploads_ended ON uploads (end_time) WHERE end_time IS NOT NULL;

-- The first rejected rows of each upload.
CREATE TABLE upload_rejections (
  upload_key bigint NOT NULL REFERENCES uploads ON DELETE CASCADE,
  row_number bigint NOT NULL,
  -- The bits of an unsigned number.
  sequence bigint NOT NULL,
  -- The number of twin.statesync.v1.RejectionReason.
  reason integer NOT NULL,
  field text NOT NULL,
  message text NOT NULL,
  PRIMARY KEY (upload_key, row_number)
);

-- Samples of uploads were measured some time ago: that they are old says nothing about a clock or a connection.
ALTER TABLE telemetry ADD COLUMN is_stored boolean NOT NULL DEFAULT false;
