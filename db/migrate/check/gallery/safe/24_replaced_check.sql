-- transactional
-- phase: expand
ALTER TABLE orders DROP CONSTRAINT orders_channel;
ALTER TABLE orders ADD CONSTRAINT orders_channel CHECK (channel in ('dine_in', 'takeaway', 'delivery', 'kiosk')) NOT VALID;
-- next file
-- transactional
-- phase: expand
ALTER TABLE orders VALIDATE CONSTRAINT orders_channel;
