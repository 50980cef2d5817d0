import { openSession, type Session } from '@/db/client'
import { GROWTH } from '@/db/testing/growth'
import { migrateOrThrow } from '@/db/testing/migrated'
import { volumeDatabase } from '../lib/database'

/** What the volume set has nothing of, in the numbers of a large chain. */
const MORE_GROWTH = [
  `insert into devices (restaurant_id, name, secret_hash, approved_by)
     select 1 + n % 20, 'Screen ' || n, md5(n::text) || md5(n::text), 1 from generate_series(1, 200) n`,
  `insert into device_pairings (secret_hash, code, expires_at)
     select md5(n::text) || md5(n::text), lpad(n::text, 8, '0'), now() + interval '10 minutes' from generate_series(1, 40) n`,
  `insert into api_keys (restaurant_id, key_hash, name)
     select 1 + n % 20, md5(n::text) || md5(n::text), 'Key ' || n from generate_series(1, 80) n`,
  'insert into api_rates (restaurant_id, key_hash, restored_at) select restaurant_id, key_hash, now() from api_keys',
  `insert into age_thresholds (restaurant_id, channel, amber_minutes, red_minutes)
     select id, channel, 5, 10 from restaurants cross join unnest(array['takeaway', 'delivery']) channel`,
  `insert into wall_moves (restaurant_id, id, answer)
     select restaurant_id, id, '{"ok": true}' from orders limit 20000`,
  `insert into recipe_components (recipe_id, name, quantity, unit)
     select id, 'Stock', 0.150, 'l' from recipes where id % 10 = 0`,
  `insert into audit_log (user_id, restaurant_id, action, subject, subject_id)
     select 1, 1 + n % 20, 'menu:edit', 'menu_item', n::text from generate_series(1, 20000) n`,
  `insert into cache_invalidations (tag) select 'menu:' || n % 20 from generate_series(1, 5000) n`,
  `insert into rate_limits (key, count, last_request)
     select '10.0.' || n % 250 || '.' || n / 250 || '/sign-in', 1, n from generate_series(1, 5000) n`,
  `insert into sign_in_failures (email, failures, window_started_at)
     select 'cook' || n || '@example.com', 1, now() from generate_series(1, 1000) n`,
  'update recipes set import_key = gen_random_uuid()',
  'vacuum full recipes',
  `insert into recipe_imports (content_hash, source, file_name)
     select md5(n::text) || md5(n::text), 'source', 'recipes-' || n || '.csv' from generate_series(1, 100) n`,
  'vacuum analyze',
  // A worker of autovacuum keeps what was rolled back from being removed while it runs.
  `do $$ declare t regclass; begin
     for t in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
       execute format('alter table %s set (autovacuum_enabled = false)', t);
     end loop;
   end $$`,
]

/** The volume set with what a large chain has besides, in a database of this run's own. */
export async function indexDatabase(
  baseUrl: string,
): Promise<{ url: string; session: Session; drop(): Promise<void> }> {
  const volumeUrl = await volumeDatabase(baseUrl, 1)
  const template = new URL(volumeUrl).pathname.slice(1)
  const name = `brigade_bench_indexes_${process.pid}`
  const url = Object.assign(new URL(baseUrl), { pathname: `/${name}` }).href
  const owner = await openSession(baseUrl)
  await owner.query(`create database ${name} template ${template} strategy file_copy`)
  // The copy of this morning may lack what was added since.
  await migrateOrThrow(url)
  const session = await openSession(url, { applicationName: 'brigade-bench' })
  await session.query(`set maintenance_work_mem = '256MB'`)
  for (const statement of [...GROWTH, ...MORE_GROWTH]) await session.query(statement)
  return {
    url,
    session,
    async drop() {
      await session.close()
      await owner.query(`drop database ${name} with (force)`)
      await owner.close()
    },
  }
}
