-- transactional
-- phase: expand
-- found: contract-phase
ALTER TABLE chefs RENAME TO cooks;
