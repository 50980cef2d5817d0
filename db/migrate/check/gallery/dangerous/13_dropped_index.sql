-- transactional
-- phase: contract
-- found: require-concurrent-index-deletion
DROP INDEX order_events_order;
