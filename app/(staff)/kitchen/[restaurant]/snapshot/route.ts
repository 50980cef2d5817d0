import { requireWall } from '@/app/_server/session'
import { takeSnapshot } from '../snapshot'

type Context = { params: Promise<{ restaurant: string }> }

/** The wall's picture as JSON, which a wall that is open asks for every few seconds. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const scope = await requireWall((await params).restaurant)
  return Response.json(await takeSnapshot(scope), { headers: { 'cache-control': 'no-store' } })
}
