/** Tables that are small in the volume set and large in a chain that has run for years. */
export const GROWTH = [
  `insert into users (name, email) select 'Cook ' || n, 'cook' || n || '@example.com' from generate_series(1, 20000) n`,
  `insert into memberships (restaurant_id, user_id) select 1 + id % 20, id from users where email like 'cook%'`,
  `insert into accounts (user_id, account_id, provider_id) select id, id::text, 'credential' from users where email like 'cook%'`,
  `insert into sessions (user_id, token, expires_at)
     select id, 'token-' || id, now() + interval '12 hours' from users where email like 'cook%'`,
  `insert into verifications (identifier, value, expires_at)
     select 'set-password:' || id, id::text, now() + interval '1 day' from users where email like 'cook%'`,
  `insert into order_requests (restaurant_id, idempotency_key, body_hash, order_id, response)
    select restaurant_id, 'key-' || id, '', id, '{}' from orders limit 20000`,
  // A year of edits, most of them of dishes and prices.
  `insert into audit_log (user_id, restaurant_id, action, subject, subject_id, before, after, created_at)
    select 1 + n % 500, null, s.subject || '.changed', s.subject, (1 + n * 7919 % 900)::text,
      '{"unitPrice": "1", "price": 900}', '{"unitPrice": "2", "price": 950}', now() - n * interval '5 minutes'
    from generate_series(1, 100000) n
    cross join lateral (
      select (array['menu_item', 'ingredient', 'recipe', 'supplier', 'user'])[1 + n % 5] as subject) s`,
  // A file of dishes that somebody uploaded.
  `insert into imports (kind, file_name, bytes, content_hash, state, header)
    values ('supplier', 'suppliers.csv', 1, '', 'checked', '{name}')`,
  `insert into import_rows (import_id, row, verdict, name, thing, cells)
    select (select max(id) from imports), n, case when n % 50 = 0 then 'refused' else 'added' end, 'Supplier ' || n,
      case when n % 50 = 0 then null else 'new supplier ' || n end, array['Supplier ' || n]
    from generate_series(2, 20000) n`,
  // What ran short in all those years, and what went from one restaurant to another.
  `insert into stock_alerts (restaurant_id, id, ingredient_id, kind, on_hand, raised_at, cleared_at)
    select restaurant_id, gen_random_uuid(), ingredient_id, 'low', 0, now() - n * interval '9 days', now() - n * interval '8 days'
    from stock_levels cross join generate_series(1, 5) n`,
  `insert into stock_transfers (restaurant_id, id, to_restaurant_id)
    select 1 + n % 20, gen_random_uuid(), 1 + (n + 1 + n % 7) % 20 from generate_series(1, 20000) n`,
  // A stocktake a week of ten years.
  `insert into stock_counts (restaurant_id, id, is_blind, status, business_date, closed_at)
    select 1 + n % 20, gen_random_uuid(), false, 'posted', current_date, now() from generate_series(1, 10000) n`,
  'analyze stock_alerts, stock_transfers, stock_counts',
  'analyze audit_log, imports, import_rows',
  'analyze users, memberships, accounts, sessions, verifications, order_requests',
]
