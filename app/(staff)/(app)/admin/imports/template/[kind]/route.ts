import { notFound } from 'next/navigation'
import { csvResponse } from '@/app/_server/csv'
import { requireChain } from '@/app/_server/session'
import { SHEET_KINDS } from '@/domain/sheet'
import { columnsOf } from '../../columns'

type Context = { params: Promise<{ kind: string }> }

/** A file with the columns of a kind and one row that shows how they are filled. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  await requireChain('menu:edit')
  const { kind } = await params
  const columns = columnsOf(SHEET_KINDS.find((known) => known === kind) ?? notFound())
  async function* rows() {
    yield [columns.map(({ example }) => example)]
  }
  return csvResponse(
    `${kind}-template.csv`,
    columns.map(({ name }) => name),
    rows(),
  )
}
