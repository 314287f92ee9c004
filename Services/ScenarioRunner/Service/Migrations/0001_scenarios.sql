-- Scenarios and the runs of their simulations. A scenario has one simulation; a simulation has any number of runs.
CREATE SEQUENCE scenario_numbers;
CREATE SEQUENCE run_numbers;

-- Six digits at least, more when the numbers have grown.
CREATE FUNCTION numbered(prefix text, number bigint) RETURNS text
  LANGUAGE sql IMMUTABLE RETURN prefix || lpad(number::text, greatest(6, length(number::text)), '0');

CREATE TABLE scenarios (
  ordinal       bigint      PRIMARY KEY DEFAULT nextval('scenario_numbers'),
  id            text        NOT NULL UNIQUE GENERATED ALWAYS AS (numbered('scenario-', ordinal)) STORED,
  simulation_id text        NOT NULL UNIQUE GENERATED ALWAYS AS (numbered('sim-', ordinal)) STORED,
  type          text        NOT NULL,
  vehicle_id    text        NOT NULL,
  request_id    text        UNIQUE,
  request       bytea       NOT NULL,
  scenario      bytea       NOT NULL,
  create_time   timestamptz NOT NULL DEFAULT now(),
  is_deleted    boolean     NOT NULL DEFAULT false
);

-- A run is a job: queued until a runner leases it, leased again when the lease has run out.
CREATE TABLE runs (
  ordinal          bigint           PRIMARY KEY DEFAULT nextval('run_numbers'),
  id               text             NOT NULL UNIQUE GENERATED ALWAYS AS (numbered('run-', ordinal)) STORED,
  simulation_id    text             NOT NULL REFERENCES scenarios (simulation_id),
  request_id       text             UNIQUE,
  request          bytea            NOT NULL,
  -- The plan: all that whoever runs it needs. Parameters and snapshot are messages, the seed's bits a signed number.
  scenario_id      text             NOT NULL,
  scenario_type    text             NOT NULL,
  vehicle_id       text             NOT NULL,
  parameters       bytea            NOT NULL,
  seed             bigint           NOT NULL,
  snapshot         bytea,
  keeps_trace      boolean          NOT NULL,
  time_limit_s     double precision NOT NULL,
  status           integer          NOT NULL,
  verdict          integer          NOT NULL DEFAULT 0,
  error            text,
  progress         double precision NOT NULL DEFAULT 0,
  cancel_requested boolean          NOT NULL DEFAULT false,
  attempts         integer          NOT NULL DEFAULT 0,
  lease_owner      text,
  lease_until      timestamptz,
  create_time      timestamptz      NOT NULL DEFAULT now(),
  start_time       timestamptz,
  end_time         timestamptz
);
CREATE INDEX runs_by_simulation ON runs (simulation_id, ordinal DESC);
-- 2 is queued, 3 is running (twin.common.v1.JobStatus).
CREATE INDEX runs_to_do ON runs (ordinal) WHERE status IN (2, 3);
