-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "customers_contact" ON "customers" USING btree (coalesce("phone", "email")) WHERE "customers"."anonymised_at" is null;
