-- The rows were given their numbers; the next one gets the next.
select setval(pg_get_serial_sequence('restaurants', 'id'), (select max(id) from restaurants));
select setval(pg_get_serial_sequence('suppliers', 'id'), (select max(id) from suppliers));
select setval(pg_get_serial_sequence('categories', 'id'), (select max(id) from categories));
select setval(pg_get_serial_sequence('chefs', 'id'), (select max(id) from chefs));
select setval(pg_get_serial_sequence('customers', 'id'), (select max(id) from customers));
select setval(pg_get_serial_sequence('ingredients', 'id'), (select max(id) from ingredients));
select setval(pg_get_serial_sequence('recipes', 'id'), (select max(id) from recipes));
select setval(pg_get_serial_sequence('menu_items', 'id'), (select max(id) from menu_items));
