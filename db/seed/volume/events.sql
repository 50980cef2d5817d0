-- Every step of every order, numbered per restaurant without a gap, in the order in which it happened.
insert into order_events (restaurant_id, seq, order_id, kind, from_status, to_status, at)
select restaurant_id, row_number() over (partition by restaurant_id order by at, step, order_id),
  order_id, kind, from_status, to_status, at
from (
  select restaurant_id, orders.id as order_id, step, kind, from_status, to_status, at
  from orders
  cross join lateral (values
    (1, 'placed', null, 'pending', created_at),
    (2, 'confirmed', 'pending', 'confirmed', confirmed_at),
    (3, 'preparing', 'confirmed', 'preparing', preparing_at),
    (4, 'ready', 'preparing', 'ready', ready_at),
    (5, 'delivered', 'ready', 'delivered', delivered_at),
    (6, 'cancelled', case when preparing_at is not null then 'preparing' when confirmed_at is not null then 'confirmed' else 'pending' end,
      'cancelled', cancelled_at)
  ) as happened (step, kind, from_status, to_status, at)
  where at is not null
) as history
order by at;

insert into kitchen_feed (restaurant_id, seq)
select restaurants.id, coalesce(max(order_events.seq), 0)
from restaurants left join order_events on order_events.restaurant_id = restaurants.id
group by restaurants.id;
analyze order_events;
