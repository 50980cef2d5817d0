import { database } from '@/app/_server/database'
import { unavailable } from '@/app/_server/problem'
import { currentWallScope } from '@/app/_server/session'
import { getDishBook } from '@/db/queries/dish-book'
import { noWall } from '../no-wall'

type Context = { params: Promise<{ restaurant: string }> }

/** What the wall's restaurant sells, as JSON: for its 86 dialog and its batches. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const scope = await currentWallScope((await params).restaurant)
    if (!scope) return noWall()
    return Response.json(await getDishBook(database(), scope), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}
