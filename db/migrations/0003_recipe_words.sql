-- transactional
-- phase: expand
-- How the recipe search takes words apart: English stems, without accents, so that "kofte" finds "köfte".
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION recipe_words (COPY = pg_catalog.english);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION recipe_words
	ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
