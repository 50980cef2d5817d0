-- transactional
-- phase: migrate
INSERT INTO categories (name) VALUES ('Specials') ON CONFLICT DO NOTHING;
