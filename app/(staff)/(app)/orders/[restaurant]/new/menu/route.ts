import { database } from '@/app/_server/database'
import { unavailable } from '@/app/_server/problem'
import { requireRestaurant } from '@/app/_server/session'
import { listDishesToOrder } from '@/db/queries/order-entry'

type Context = { params: Promise<{ restaurant: string }> }

/** What can be ordered right now, for a form that is open: `DishToOrder[]` as JSON. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  try {
    const scope = await requireRestaurant((await params).restaurant, 'orders:place')
    const dishes = await listDishesToOrder(database(), scope)
    return Response.json(dishes, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}
