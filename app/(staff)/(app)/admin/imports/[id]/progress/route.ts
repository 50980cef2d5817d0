import { database } from '@/app/_server/database'
import { unavailable } from '@/app/_server/problem'
import { requireChain } from '@/app/_server/session'
import { getImport } from '@/db/queries/imports'
import { recordIdOr404 } from '../../../record-id'
import { progressOf } from '../../words'

type Context = { params: Promise<{ id: string }> }

/** How far an import is, for its page: `{ words, share }`, or null when nothing is under way (any more). */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  try {
    const scope = await requireChain('menu:edit')
    const file = await getImport(database(), scope, recordIdOr404((await params).id))
    const progress = file?.isRunning ? progressOf(file) : null
    return Response.json(progress, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}
