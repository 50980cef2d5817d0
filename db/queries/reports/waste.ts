import { sql } from 'drizzle-orm'
import type { DateRange } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import { WASTE_CAUSES, type WasteCause } from '@/domain/vocabulary'
import type { Db } from '../../client'
import { reportedCosts } from '../../fragments/report-costs'

/** What was thrown away in a range by its cause, in cents, most first; causes without any are left out. */
export async function listWasteByCause(
  db: Db,
  scope: ReportScope,
  { range }: { range: DateRange },
): Promise<{ cause: WasteCause; value: number }[]> {
  const rows = await db.execute<{ cause: WasteCause; value: number }>(sql`
    select part as cause, round(sum(value))::float8 as value
    from (${reportedCosts(scope, range, 'waste')}) cost
    where part = any(${sql.param(WASTE_CAUSES)}::text[])
    group by part
    order by value desc, cause`)
  return [...rows]
}
