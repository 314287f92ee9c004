-- Outcomes of runs and their traces. An outcome is kept as the message that recorded it, beside the columns it is found by.
CREATE TABLE outcomes (
  run_id         text        PRIMARY KEY,
  ordinal        bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
  simulation_id  text        NOT NULL,
  scenario_id    text        NOT NULL,
  scenario_type  text        NOT NULL,
  parent_run_id  text        NOT NULL,
  verdict        integer     NOT NULL,
  outcome        bytea       NOT NULL,
  commit_time    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outcomes_by_simulation ON outcomes (simulation_id, ordinal DESC) WHERE parent_run_id = '';
CREATE INDEX outcomes_by_scenario ON outcomes (scenario_id, ordinal DESC) WHERE parent_run_id = '';
CREATE INDEX outcomes_by_type ON outcomes (scenario_type, ordinal DESC);
CREATE INDEX outcomes_by_parent ON outcomes (parent_run_id, ordinal DESC) WHERE parent_run_id <> '';

-- A trace comes in chunks; the first row's number within the trace identifies a chunk, so that sending it again is harmless.
CREATE TABLE trace_chunks (
  run_id     text    NOT NULL,
  first_row  bigint  NOT NULL CHECK (first_row >= 0),
  row_count  integer NOT NULL CHECK (row_count > 0),
  rows       bytea   NOT NULL,
  PRIMARY KEY (run_id, first_row)
);
