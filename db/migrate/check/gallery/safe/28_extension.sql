-- transactional
-- phase: expand
CREATE EXTENSION IF NOT EXISTS pgcrypto;
