-- transactional
-- phase: expand
-- found: long-lock
ALTER TABLE order_requests SET UNLOGGED;
