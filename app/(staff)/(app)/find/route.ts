import { database } from '@/app/_server/database'
import { problem, unavailable } from '@/app/_server/problem'
import { currentPerson } from '@/app/_server/session'
import { findAnything } from '@/db/queries/find-anything'
import { businessDate } from '@/domain/business-day'
import { chainScope } from '@/domain/scope'
import type { Entry } from '../palette/entry'
import { entryOf, placesFor } from '../palette/places'
import { readTyped } from '../palette/typed'

/** Of each kind that the database holds. */
const MOST = 5

/** Where the words `q` may lead whoever asks, for the palette: `Entry[]` as JSON. Only what they may open. */
export async function GET(request: Request): Promise<Response> {
  try {
    const person = await currentPerson()
    const scope = person && chainScope(person)
    if (!scope)
      return problem({ status: 401, name: 'signed-out', title: 'Signed out', detail: 'Sign in again.' })
    const typed = readTyped(new URL(request.url).searchParams.get('q') ?? '')
    const now = new Date()
    const found = await findAnything(database(), scope, {
      ...typed,
      days:
        typed.callNumber === null
          ? []
          : person.restaurants.map(({ id, timeZone, dayCutoff }) => ({
              restaurantId: id,
              businessDate: businessDate(now, timeZone, dayCutoff),
            })),
      limit: MOST,
      suppliers: chainScope(person, 'stock:read'),
      people: chainScope(person, 'chain:manage'),
    })
    const entries: Entry[] = [
      ...placesFor(person, typed.words),
      ...found.map((one) => entryOf(one, person.role)),
    ]
    return Response.json(entries, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}
