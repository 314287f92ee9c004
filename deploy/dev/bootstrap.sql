-- Creates one schema and two roles per service in the current database. Run by a superuser; safe to run again.
--
--   <service>_owner   owns the schema and runs its migrations
--   <service>_app     what the service works as: reads and writes rows, changes no schema
--
-- No role can reach another service's schema. Passwords, where needed, are set by whoever runs this.
\set ON_ERROR_STOP on
SET client_min_messages = warning;

BEGIN;

DO $bootstrap$
DECLARE
  service text;
  owner_role text;
  app_role text;
  role_name text;
BEGIN
  -- Nobody gets anything merely by being able to connect.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE 'REVOKE ALL ON SCHEMA public FROM PUBLIC';

  FOREACH service IN ARRAY ARRAY['state_sync', 'twin_engine', 'scenario_runner', 'prediction', 'results', 'edge'] LOOP
    owner_role := service || '_owner';
    app_role := service || '_app';

    FOREACH role_name IN ARRAY ARRAY[owner_role, app_role] LOOP
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role_name);
        -- Unqualified names mean the service's own schema.
        EXECUTE format('ALTER ROLE %I SET search_path = %I', role_name, service);
      END IF;
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role_name);
    END LOOP;
    -- Bulk writes are staged in temporary tables, which only the session itself sees.
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), app_role);

    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', service, owner_role);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', service);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', service, app_role);

    -- What migrations will create.
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE ALL ON FUNCTIONS FROM PUBLIC', owner_role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE ALL ON TYPES FROM PUBLIC', owner_role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
      owner_role, service, app_role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO %I',
      owner_role, service, app_role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT EXECUTE ON FUNCTIONS TO %I',
      owner_role, service, app_role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT USAGE ON TYPES TO %I',
      owner_role, service, app_role);
  END LOOP;
END
$bootstrap$;

COMMIT;
