-- Helpers of both seeds, gone with the session. Every figure is drawn from a hash of what it belongs to, never from
-- random(), so that the same moment and scale give the same rows. Volatility as PostgreSQL has it for what is called
-- inside: only then are they inlined, which makes them ten times as fast.
create function pg_temp.seed_now() returns timestamptz language sql stable
  as $$ select current_setting('seed.now')::timestamptz $$;

create function pg_temp.scale() returns float8 language sql stable
  as $$ select current_setting('seed.scale')::float8 $$;

-- A number in [0, 1): `stream` names the question, `n` the row that asks it. 53 bits of the hash, as a double holds.
create function pg_temp.draw(stream int, n bigint) returns float8 language sql immutable
  as $$ select (hashint8extended(n, stream) & 9007199254740991)::float8 / 9007199254740992 $$;

create function pg_temp.pick(words text[], u float8) returns text language sql immutable
  as $$ select words[1 + floor(u * cardinality(words))::int] $$;

-- "carrots, leeks and peas"; null for none.
create function pg_temp.enumerated(words text[]) returns text language sql immutable
  as $$ select regexp_replace(array_to_string(words, ', '), ', ([^,]*)$', ' and \1') $$;

-- RFC 9562, section 5.7: 48 bits of milliseconds, the version 7 with 12 bits of a hash of `salt`, and the variant 10
-- with 62 more, which as the sign of a negative bigint gives sixteen digits.
create function pg_temp.uuid7(at timestamptz, salt text) returns uuid language sql stable
  as $$ select (
    lpad(to_hex(round(date_part('epoch', at) * 1000)::bigint), 12, '0')
    || to_hex(x'7000'::int | (hashtextextended(salt, 1) & 4095))
    || to_hex((hashtextextended(salt, 2) & 4611686018427387903) | -9223372036854775808)
  )::uuid $$;

-- The trading day that an instant belongs to, as `businessDate` in domain/business-day.ts has it.
create function pg_temp.business_date(at timestamptz, zone text, cutoff time) returns date language sql immutable
  as $$ select ((at at time zone zone) - cutoff::interval)::date $$;

-- Eight characters after `ORD` and the date. Multiplying by an odd number modulo 2^32 is one-to-one, so no two orders
-- share a number.
create function pg_temp.order_number(day date, n bigint) returns text language sql stable
  as $$ select 'ORD' || to_char(day, 'YYYYMMDD') || upper(lpad(to_hex((n * 2654435761) & 4294967295), 8, '0')) $$;
