import type { Session } from '../../client'

const LINES = `
  select line from (
    select nspname, format('schema %s', nspname) as line from pg_namespace
    union all
    select nspname, format('column %I.%I.%I %s%s%s%s', nspname, relname, attname, format_type(atttypid, atttypmod),
      case when attnotnull then ' not null' end, ' default ' || pg_get_expr(adbin, adrelid),
      ' identity ' || nullif(attidentity::text, ''))
    from pg_attribute
    join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p', 'v', 'm')
    join pg_namespace on pg_namespace.oid = relnamespace
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attnum > 0 and not attisdropped
    union all
    select nspname, format('constraint %s.%I %s', conrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid))
    from pg_constraint join pg_namespace on pg_namespace.oid = connamespace
    where contype <> 'n' and contype <> 't' -- not null is said with the column, a trigger with the triggers
    union all
    select nspname, format('index %s%s', pg_get_indexdef(indexrelid), case when not indisvalid then ' INVALID' end)
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    union all
    select nspname, format('trigger %s', pg_get_triggerdef(pg_trigger.oid))
    from pg_trigger
    join pg_class on pg_class.oid = tgrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where not tgisinternal
    union all
    select nspname, format('function %I.%I', nspname, proname)
    from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
    where not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
    union all
    select nspname, format('extension %s', extname)
    from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
  ) as lines
  where nspname <> 'information_schema' and nspname !~ '^pg_'
  order by line`

/** A line for everything in the database that a migration could have made. */
export async function catalog(session: Session): Promise<string[]> {
  const rows = await session.query<{ line: string }>(LINES)
  return rows.map(({ line }) => line)
}
