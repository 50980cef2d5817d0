-- Every step of every order, numbered per restaurant without a gap, in the order in which it happened. Where an order
-- was confirmed as it was placed, both happened in one transaction and share its number.
insert into order_events (restaurant_id, seq, n, order_id, kind, from_status, to_status, at)
select restaurant_id, dense_rank() over (partition by restaurant_id order by at, order_id, step - n), n,
  order_id, kind, from_status, to_status, at
from (
  select restaurant_id, orders.id as order_id, step, kind, from_status, to_status, at,
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
) as history
order by at;

insert into kitchen_feed (restaurant_id, seq)
select restaurants.id, coalesce((select max(seq) from order_events where restaurant_id = restaurants.id), 0)
from restaurants;
analyze order_events;
