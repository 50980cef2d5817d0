-- 20 restaurants, 20 suppliers, 12 categories, 1,000 chefs, the customers who leave a name.
insert into restaurants (id, name, slug, address, phone, opening_time, closing_time, time_zone, day_cutoff,
  stock_policy, auto_confirm, created_at)
overriding system value
select n, 'Trattoria Nord ' || city, slug, address, phone, opening::time, closing::time, zone,
  '04:00', case when n % 5 = 0 then 'refuse' else 'warn' end, n % 4 <> 1, pg_temp.seed_now() - interval '3 years'
from (values
  (1, 'Berlin', 'berlin', 'Torstraße 140, 10119 Berlin', '+49 30 5550 0140', '11:30', '23:00', 'Europe/Berlin'),
  (2, 'London', 'london', '18 Exmouth Market, London EC1R 4QE', '+44 20 7946 0118', '12:00', '23:00', 'Europe/London'),
  (3, 'New York', 'new-york', '214 Mulberry Street, New York, NY 10012', '+1 212 555 0114', '11:30', '23:30', 'America/New_York'),
  (4, 'Tokyo', 'tokyo', '2-14-5 Kagurazaka, Shinjuku-ku, Tokyo 162-0825', '+81 3 5550 0145', '11:00', '22:30', 'Asia/Tokyo'),
  (5, 'Hamburg', 'hamburg', 'Schulterblatt 62, 20357 Hamburg', '+49 40 5550 0162', '12:00', '23:00', 'Europe/Berlin'),
  (6, 'Munich', 'munich', 'Müllerstraße 31, 80469 München', '+49 89 5550 0131', '11:30', '23:30', 'Europe/Berlin'),
  (7, 'Vienna', 'vienna', 'Neubaugasse 57, 1070 Wien', '+43 1 5550 0157', '11:30', '23:00', 'Europe/Vienna'),
  (8, 'Zurich', 'zurich', 'Langstrasse 84, 8004 Zürich', '+41 44 555 01 84', '11:30', '22:30', 'Europe/Zurich'),
  (9, 'Copenhagen', 'copenhagen', 'Jægersborggade 41, 2200 København', '+45 35 55 01 41', '12:00', '22:30', 'Europe/Copenhagen'),
  (10, 'Stockholm', 'stockholm', 'Skånegatan 78, 116 37 Stockholm', '+46 8 5550 0178', '11:30', '22:30', 'Europe/Stockholm'),
  (11, 'Amsterdam', 'amsterdam', 'Ferdinand Bolstraat 104, 1072 LN Amsterdam', '+31 20 555 0104', '12:00', '23:00', 'Europe/Amsterdam'),
  (12, 'Paris', 'paris', '47 rue de Charonne, 75011 Paris', '+33 1 55 50 01 47', '12:00', '23:30', 'Europe/Paris'),
  (13, 'Madrid', 'madrid', 'Calle del Pez 22, 28004 Madrid', '+34 915 550 122', '13:00', '01:00', 'Europe/Madrid'),
  (14, 'Lisbon', 'lisbon', 'Rua da Boavista 69, 1200-068 Lisboa', '+351 21 555 0169', '12:30', '00:00', 'Europe/Lisbon'),
  (15, 'Dublin', 'dublin', '12 South William Street, Dublin 2', '+353 1 555 0112', '12:00', '22:30', 'Europe/Dublin'),
  (16, 'Chicago', 'chicago', '1515 North Milwaukee Avenue, Chicago, IL 60622', '+1 312 555 0115', '11:00', '23:00', 'America/Chicago'),
  (17, 'San Francisco', 'san-francisco', '560 Valencia Street, San Francisco, CA 94110', '+1 415 555 0160', '11:00', '22:00', 'America/Los_Angeles'),
  (18, 'Toronto', 'toronto', '188 Ossington Avenue, Toronto, ON M6J 2Z7', '+1 416 555 0188', '11:30', '23:00', 'America/Toronto'),
  (19, 'Singapore', 'singapore', '33 Keong Saik Road, Singapore 089142', '+65 6555 0133', '11:30', '23:00', 'Asia/Singapore'),
  (20, 'Sydney', 'sydney', '71 Crown Street, Surry Hills NSW 2010', '+61 2 5550 0171', '11:30', '22:30', 'Australia/Sydney')
) as place (n, city, slug, address, phone, opening, closing, zone);

insert into suppliers (id, name, contact_person, phone, email, address, rating, lead_time_days)
overriding system value
select n, name, contact, '+49 30 5550 ' || lpad((1000 + n * 37)::text, 4, '0'),
  'orders@' || replace(regexp_replace(lower(name), '[^a-z]+', '-', 'g'), '--', '-') || '.example',
  'Beusselstraße ' || 44 + n || ', 10553 Berlin', 2 + (n * 7) % 4, 1 + (n * 5) % 4
from (values
  (1, 'Verde Produce', 'Marta Lindner'), (2, 'Hof Sonnenberg', 'Jens Albers'), (3, 'Mercato Verdura', 'Paola Ricci'),
  (4, 'North Sea Catch', 'Ewan Reid'), (5, 'Porto Fish', 'Tiago Moura'), (6, 'Havel Meat', 'Ralf Krüger'),
  (7, 'Fattoria Bellini', 'Chiara Bellini'), (8, 'Weide und Stall', 'Anke Petersen'), (9, 'Caseificio Aurora', 'Luca Ferri'),
  (10, 'Alpenmilch', 'Regina Huber'), (11, 'Molino Ferrante', 'Sara Ferrante'), (12, 'Grain House', 'Peter Novak'),
  (13, 'Spice Route', 'Leila Haddad'), (14, 'Pantry Line', 'Owen Clarke'), (15, 'Oliveto', 'Nikos Pappas'),
  (16, 'Cantina Trade', 'Giorgio Sala'), (17, 'Nordic Cold Store', 'Signe Dahl'), (18, 'Tokyo Larder', 'Kenji Mori'),
  (19, 'Casa del Sur', 'Inés Campos'), (20, 'Bakehouse Supply', 'Hanna Vogt')
) as firm (n, name, contact);

insert into categories (id, name, description, sort_order)
overriding system value
select n, name, description, n
from (values
  (1, 'Antipasti', 'Small plates to share'), (2, 'Soups', 'Made every morning'), (3, 'Salads', 'From the cold station'),
  (4, 'Pasta', 'Rolled in house'), (5, 'Risotto and grains', 'Stirred to order'), (6, 'Pizza', 'From the stone oven'),
  (7, 'From the grill', 'Over charcoal'), (8, 'Fish', 'What the boats brought'), (9, 'Vegetables', 'Mains without meat'),
  (10, 'Sides', 'For the middle of the table'), (11, 'Lunch', 'On weekdays until three'), (12, 'Sharing plates', 'For two and more')
) as section (n, name, description);

insert into chefs (id, name, experience_years)
overriding system value
select n,
  (array['Ada','Aldo','Amara','Anton','Bea','Bruno','Carla','Chen','Dario','Elif','Emil','Fatima','Franco','Greta','Hana','Hugo',
    'Ida','Ivan','Jamal','Jonas','Kaya','Lars','Leila','Lena','Marco','Mei','Milan','Nadia','Nils','Olga','Paolo','Petra',
    'Rafael','Rosa','Samir','Sofia','Tariq','Tessa','Viktor','Yuki'])[1 + (n - 1) % 40]
  || ' ' ||
  (array['Abel','Bauer','Bianchi','Castro','Costa','Demir','Dubois','Eriksen','Fischer','Garcia','Haas','Ito','Jansen',
    'Keller','Lang','Marino','Nowak','Okafor','Park','Quist','Rossi','Sato','Tanaka','Urban','Weiss'])[1 + (n - 1) / 40],
  1 + floor(35 * pg_temp.draw(101, n) ^ 1.6)
from generate_series(1, 1000) as n;

insert into customers (id, name, phone, created_at)
overriding system value
select n,
  pg_temp.pick(array['Anna','Ben','Clara','David','Eva','Felix','Gina','Henry','Iris','Jack','Kim','Leo','Mia','Noah','Olive','Paul'],
    pg_temp.draw(102, n))
  || ' ' ||
  pg_temp.pick(array['Adams','Becker','Cohen','Diaz','Evans','Fuchs','Green','Hoffmann','Ishii','Jones','Kumar','Lopez','Meyer','Nash',
    'Olsen','Price','Roth','Silva','Thomas','Wolf'], pg_temp.draw(103, n)),
  '+49 151 5550' || lpad(n::text, 5, '0'),
  pg_temp.seed_now() - (400 + n % 300) * interval '1 day'
from generate_series(1, ceil(5000 * pg_temp.scale())::int) as n;
