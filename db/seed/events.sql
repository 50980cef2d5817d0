-- Dishes that stations ticked off while their ticket was on the stove: of the demo's orders only.
create temp table if not exists seed_ticks (restaurant_id int, order_id uuid, at timestamptz, details jsonb);

-- Every step of every order, numbered per restaurant without a gap, in the order in which it happened. Where an order
-- was confirmed as it was placed, both happened in one transaction and share its number.
insert into order_events (restaurant_id, seq, n, order_id, kind, from_status, to_status, at, details)
select restaurant_id, dense_rank() over (partition by restaurant_id order by at, order_id, step - n), n,
  order_id, kind, from_status, to_status, at, details
from (
  select restaurant_id, orders.id as order_id, step, kind, from_status, to_status, at, null::jsonb as details,
    (step = 2 and confirmed_at = created_at)::int as n
  from orders
  cross join lateral (values
    (1, 'placed', null, 'pending', created_at),
    (2, 'confirmed', 'pending', 'confirmed', confirmed_at),
    (3, 'preparing', 'confirmed', 'preparing', preparing_at),
    (4, 'ready', 'preparing', 'ready', ready_at),
    (5, 'delivered', 'ready', 'delivered', delivered_at),
    (6, 'cancelled', case when preparing_at is not null then 'preparing' when confirmed_at is not null then 'confirmed'
      else 'pending' end, 'cancelled', cancelled_at)
  ) as happened (step, kind, from_status, to_status, at)
  where at is not null
  union all
  select restaurant_id, order_id, row_number() over (partition by order_id order by at, details) + 6, 'item_status',
    'preparing', 'preparing', at, details, 0
  from seed_ticks
) as history
order by at;

insert into kitchen_feed (restaurant_id, seq)
select restaurants.id, coalesce((select max(seq) from order_events where restaurant_id = restaurants.id), 0)
from restaurants;
analyze order_events;
