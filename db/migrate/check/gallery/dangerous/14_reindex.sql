-- transactional
-- phase: expand
-- found: require-concurrent-reindex
REINDEX TABLE orders;
