-- Judgements of changes, the approvals that they asked for, and how good the predictions were.

-- A judgement is kept as the answer that was given.
CREATE TABLE checks (
  ordinal        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  simulation_id  text        NOT NULL,
  request_id     text        UNIQUE,
  request        bytea       NOT NULL,
  answer         bytea       NOT NULL,
  create_time    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX checks_by_simulation ON checks (simulation_id, ordinal DESC);

CREATE SEQUENCE approval_numbers;
CREATE TABLE approvals (
  ordinal        bigint      PRIMARY KEY,
  id             text        NOT NULL UNIQUE,
  simulation_id  text        NOT NULL,
  environment    text        NOT NULL,
  target         text        NOT NULL,
  status         integer     NOT NULL DEFAULT 1,
  change         bytea       NOT NULL,
  impact         bytea       NOT NULL,
  create_time    timestamptz NOT NULL,
  expire_time    timestamptz NOT NULL,
  decide_time    timestamptz,
  decided_by     text        NOT NULL DEFAULT '',
  comment        text        NOT NULL DEFAULT ''
);
-- 1 is pending, 2 is approved (twin.prediction.v1.ApprovalStatus).
CREATE INDEX approvals_pending ON approvals (expire_time) WHERE status = 1;
CREATE INDEX approvals_granted ON approvals (environment, target) WHERE status = 2;
CREATE INDEX approvals_by_simulation ON approvals (simulation_id) WHERE status = 1;

-- Predicted against actual values. An actual value is recorded once.
CREATE TABLE residuals (
  ordinal        bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  simulation_id  text             NOT NULL,
  metric         text             NOT NULL,
  applied_time   timestamptz      NOT NULL,
  environment    text             NOT NULL,
  model          text             NOT NULL,
  regime         text             NOT NULL,
  is_incident    boolean          NOT NULL,
  predicted      double precision NOT NULL,
  actual         double precision NOT NULL,
  low            double precision,
  high           double precision,
  level          double precision,
  UNIQUE (simulation_id, metric, applied_time)
);
CREATE INDEX residuals_by_model ON residuals (model, regime, ordinal DESC) WHERE NOT is_incident;
CREATE INDEX residuals_by_environment ON residuals (environment, ordinal DESC);

-- Entries of the audit on their way to the results service: written with what they tell of, deleted once they are there.
CREATE TABLE audit_outbox (
  ordinal  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       text   NOT NULL UNIQUE,
  entry    bytea  NOT NULL
);
