import { type SQL, sql } from 'drizzle-orm'
import { ROWS_KEPT_DAYS } from '@/domain/sheet'

/** Whether the rows of an import, `i`, are past their keep. While they are being taken they stay. */
export const areRowsOld: SQL = sql.raw(
  `(i.created_at < now() - interval '${ROWS_KEPT_DAYS} days' and i.state <> 'taking')`,
)
