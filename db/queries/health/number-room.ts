import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import type { OperatorScope } from '@/domain/scope'

const LISTED = 6

/** A sequence beside what it may reach: its own end, or that of the column it fills. `share` from 0 to 1. */
type SequenceRoom = { name: string; column: string | null; last: number; most: number; share: number }

export type NumberRoom = {
  /**
   * Transactions since the oldest row that is not frozen, of this database and of the whole server. The server stops
   * writing at about 2,100,000,000.
   */
  transactionAge: number
  serverTransactionAge: number
  /** The same of groups of transactions that hold one row together. */
  groupAge: number
  /** From this age on, autovacuum freezes a table whatever else it has to do. */
  freezeAt: number
  oldestTable: string | null
  /** Those that are used most, at most six; of sequences that the role may not read nothing is known. */
  sequences: SequenceRoom[]
}

/** How much room the server's own numbers have, and the keys of tables. */
export async function getNumberRoom(db: Db, _scope: OperatorScope): Promise<NumberRoom> {
  const [ages] = await db.execute<Omit<NumberRoom, 'sequences'>>(sql`
    select age(datfrozenxid)::float8 as "transactionAge", mxid_age(datminmxid)::float8 as "groupAge",
      (select max(age(datfrozenxid))::float8 from pg_database) as "serverTransactionAge",
      current_setting('autovacuum_freeze_max_age')::float8 as "freezeAt",
      (select oid::regclass::text from pg_class where relkind in ('r', 'm', 't') order by age(relfrozenxid) desc, oid limit 1)
        as "oldestTable"
    from pg_database where datname = current_database()`)
  if (!ages) throw new Error('The server gave no ages.')
  const sequences = await db.execute<SequenceRoom>(sql`
    with sequences as (
      select c.oid::regclass::text as name,
        case when has_sequence_privilege(c.oid, 'usage, select') then pg_sequence_last_value(c.oid) end as last,
        a.attrelid::regclass::text || '.' || a.attname as column,
        least(s.seqmax, case a.atttypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647
          else s.seqmax end) as most
      from pg_sequence s
      join pg_class c on c.oid = s.seqrelid
      left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid
        and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
      left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where s.seqincrement > 0 and not s.seqcycle
    )
    select name, "column", last::float8 as last, most::float8 as most, last::float8 / most as share
    from sequences where last is not null order by share desc, name limit ${LISTED}`)
  return { ...ages, sequences: [...sequences] }
}
