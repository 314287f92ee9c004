-- What was done and decided. Rows are only ever added: who works with them can't change or delete one.
CREATE TABLE audit (
  ordinal      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           text        NOT NULL UNIQUE,
  time         timestamptz NOT NULL,
  actor        text        NOT NULL,
  action       text        NOT NULL,
  resource     text        NOT NULL,
  environment  text        NOT NULL,
  entry        bytea       NOT NULL,
  commit_time  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX audit_by_time ON audit (time DESC, ordinal DESC);
CREATE INDEX audit_by_resource ON audit (resource, time DESC, ordinal DESC);

DO $revoke$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'results_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM results_app;
  END IF;
END
$revoke$;

-- Not even their owner does so by mistake.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $refuse$
BEGIN
  RAISE EXCEPTION 'the audit is never changed' USING ERRCODE = 'insufficient_privilege';
END
$refuse$;
CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Alerts. While one isn't resolved, another with the same key is the same.
CREATE SEQUENCE alert_numbers;
CREATE TABLE alerts (
  ordinal          bigint      PRIMARY KEY DEFAULT nextval('alert_numbers'),
  id               text        NOT NULL UNIQUE GENERATED ALWAYS AS
                                 ('alert-' || lpad(ordinal::text, greatest(6, length(ordinal::text)), '0')) STORED,
  key              text        NOT NULL,
  status           integer     NOT NULL DEFAULT 1,
  severity         integer     NOT NULL,
  code             text        NOT NULL,
  message          text        NOT NULL,
  resource         text        NOT NULL,
  environment      text        NOT NULL,
  details          bytea,
  first_time       timestamptz NOT NULL,
  last_time        timestamptz NOT NULL,
  count            bigint      NOT NULL DEFAULT 1,
  acknowledged_by  text        NOT NULL DEFAULT '',
  resolve_time     timestamptz
);
-- 3 is resolved (twin.results.v1.AlertStatus).
CREATE UNIQUE INDEX alerts_open ON alerts (key) WHERE status <> 3;
