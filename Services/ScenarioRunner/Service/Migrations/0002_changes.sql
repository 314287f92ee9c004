-- Simulations of infrastructure changes. Each keeps what its newest run found.
CREATE SEQUENCE change_numbers;

CREATE TABLE changes (
  ordinal         bigint           PRIMARY KEY DEFAULT nextval('change_numbers'),
  id              text             NOT NULL UNIQUE GENERATED ALWAYS AS (numbered('change-', ordinal)) STORED,
  environment     text             NOT NULL,
  request_id      text             UNIQUE,
  -- The request that created it, and the change that it asked for with what it left open filled in.
  request         bytea            NOT NULL,
  change          bytea            NOT NULL,
  create_time     timestamptz      NOT NULL DEFAULT now(),
  is_deleted      boolean          NOT NULL DEFAULT false,
  -- Of the newest run. Whoever reports a run says its number, so that one that was given up can't overwrite another.
  status          integer          NOT NULL DEFAULT 1,
  run             integer          NOT NULL DEFAULT 0,
  run_request     bytea,
  -- A run that hasn't ended by then never will: its process is gone.
  run_until       timestamptz,
  start_time      timestamptz,
  end_time        timestamptz,
  error           text,
  outcome         bytea,
  impact          bytea,
  confidence      double precision
);
CREATE INDEX changes_by_environment ON changes (environment, ordinal DESC) WHERE NOT is_deleted;
-- 2 is queued, 3 is running (twin.common.v1.JobStatus).
CREATE INDEX changes_under_way ON changes (ordinal) WHERE status IN (2, 3) AND NOT is_deleted;
