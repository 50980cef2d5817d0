-- not transactional
-- phase: migrate
-- found: cluster
CLUSTER orders USING orders_number;
