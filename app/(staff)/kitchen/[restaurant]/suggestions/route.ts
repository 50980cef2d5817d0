import { database } from '@/app/_server/database'
import { unavailable } from '@/app/_server/problem'
import { currentPerson } from '@/app/_server/session'
import { listSuggestions } from '@/db/queries/eighty-six-suggestions'
import { restaurantScope } from '@/domain/scope'
import { noWall } from '../no-wall'

type Context = { params: Promise<{ restaurant: string }> }

/** What stock says about this kitchen's menu, as JSON, for people who may 86. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const person = await currentPerson()
    const scope = person && restaurantScope(person, (await params).restaurant, 'menu:eighty_six')
    if (!scope) return noWall()
    return Response.json(await listSuggestions(database(), scope), {
      headers: { 'cache-control': 'no-store' },
    })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}
