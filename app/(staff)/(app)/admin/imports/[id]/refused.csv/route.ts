import { notFound } from 'next/navigation'
import { batchesOf, csvResponse } from '@/app/_server/csv'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { getImport, listRefusedRows } from '@/db/queries/imports'
import { VERDICT_COLUMNS } from '@/domain/sheet'
import { recordIdOr404 } from '../../../record-id'

type Context = { params: Promise<{ id: string }> }

const ROWS_AT_ONCE = 1000

/** The refused rows of a file as they were, with the row's number and the reason in front: to be corrected and imported. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const scope = await requireChain('menu:edit')
  const importId = recordIdOr404((await params).id)
  const file = (await getImport(database(), scope, importId)) ?? notFound()
  const first = await listRefusedRows(database(), scope, { importId, after: 0, limit: 1 })
  const header = first?.header ?? []
  const isKept = (place: number) => !VERDICT_COLUMNS.includes((header[place] ?? '').trim().toLowerCase())
  const rows = batchesOf<(string | number)[], number>(async (after) => {
    const page = await listRefusedRows(database(), scope, {
      importId,
      after: after ?? 0,
      limit: ROWS_AT_ONCE,
    })
    const found = page?.rows ?? []
    return {
      rows: found.map(({ row, reason, cells }) => [
        row,
        reason,
        ...cells.filter((_, place) => isKept(place)),
      ]),
      next: found.length === ROWS_AT_ONCE ? (found.at(-1)?.row ?? null) : null,
    }
  })
  const name = `${file.fileName.replace(/\.csv$/i, '')}.refused.csv`
  return csvResponse(name, [...VERDICT_COLUMNS, ...header.filter((_, place) => isKept(place))], rows)
}
