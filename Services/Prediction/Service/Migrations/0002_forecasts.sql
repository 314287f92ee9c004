-- Values that were predicted of metrics, until what really came is known.
CREATE TABLE expected_values (
  ordinal      bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  environment  text             NOT NULL,
  target       text             NOT NULL,
  metric       text             NOT NULL,
  labels       text             NOT NULL,
  -- Step whose value was the newest when it was predicted.
  made_time    timestamptz      NOT NULL,
  -- Step whose value is predicted.
  due_time     timestamptz      NOT NULL,
  predicted    double precision NOT NULL,
  low          double precision,
  high         double precision,
  level        double precision,
  UNIQUE (environment, target, metric, labels, made_time, due_time)
);
CREATE INDEX expected_values_due ON expected_values (environment, due_time);
