-- transactional
-- phase: contract
-- What restaurants were given says which they were.
ALTER TABLE "change_set_edits" DROP COLUMN "published_for";
