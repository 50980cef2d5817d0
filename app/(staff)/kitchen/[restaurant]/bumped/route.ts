import { database } from '@/app/_server/database'
import { unavailable } from '@/app/_server/problem'
import { currentWallScope } from '@/app/_server/session'
import { listBumped } from '@/db/queries/bumped-tickets'
import { noWall } from '../no-wall'

type Context = { params: Promise<{ restaurant: string }> }

/** The last tickets that were bumped in this kitchen, as JSON: what can be recalled. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const scope = await currentWallScope((await params).restaurant)
    if (!scope) return noWall()
    return Response.json(await listBumped(database(), scope), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}
