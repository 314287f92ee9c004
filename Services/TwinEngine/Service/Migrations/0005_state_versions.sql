-- Counts the savings of a state. Each saving names the version that it replaces, so that a replica that was the twin's
-- home before never overwrites what its successor has stored.
ALTER TABLE twin_states ADD COLUMN version bigint NOT NULL DEFAULT 1;
