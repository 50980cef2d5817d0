-- 480 more restaurants, each with the rules of one of the volume set.
insert into restaurants (id, name, slug, address, phone, opening_time, closing_time, time_zone, day_cutoff, stock_policy,
  auto_confirm, created_at)
overriding system value
select 20 + n, name || ' ' || n, slug || '-' || n, address, phone, opening_time, closing_time, time_zone, day_cutoff,
  stock_policy, auto_confirm, created_at
from generate_series(1, 480) n join restaurants on restaurants.id = 1 + n % 20;
