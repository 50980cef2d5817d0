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
  'analyze users, memberships, accounts, sessions, verifications, order_requests',
]
