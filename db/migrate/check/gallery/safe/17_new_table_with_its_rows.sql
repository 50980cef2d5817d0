-- transactional
-- phase: expand
CREATE TABLE channels (name text PRIMARY KEY);
INSERT INTO channels VALUES ('dine_in'), ('takeaway'), ('delivery');
