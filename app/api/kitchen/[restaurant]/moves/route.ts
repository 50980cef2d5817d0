import { FOREIGN_ORIGIN } from '@/app/_server/agreed.mjs'
import { database } from '@/app/_server/database'
import { environment, ownOrigins } from '@/app/_server/environment'
import { readJsonBody } from '@/app/_server/json-body'
import { isOwnOrigin } from '@/app/_server/origin'
import { problem, unavailable } from '@/app/_server/problem'
import { currentPerson, currentWallScope } from '@/app/_server/session'
import { applyMove } from '@/db/mutations/wall-moves'
import { wallMoveRequest } from '@/domain/wall'
import { refusalMessage } from './words'

type Context = { params: Promise<{ restaurant: string }> }

/**
 * One press on a wall: 200 with what became of it, `{ ok, reason, status, message }`, also where nothing was changed;
 * `message` is null where all went well. 401, 403, 404 and 4xx for a malformed press can't be mended by sending it
 * again, 503 can: the id that the screen gave it makes sure that it counts once.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  try {
    const scope = await currentWallScope((await params).restaurant)
    if (!scope) return (await currentPerson()) ? noSuchWall() : signedOut()
    if (!isOwnOrigin(request.headers, ownOrigins(environment()))) return foreignOrigin()
    const press = await readJsonBody(request, wallMoveRequest)
    if (!press.ok) return press.response
    const answer = await applyMove(database(), scope, press.data)
    const body = { ...answer, message: answer.ok ? null : refusalMessage(answer) }
    return Response.json(body, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}

const signedOut = () =>
  problem({
    status: 401,
    name: 'signed-out',
    title: 'This screen is signed out',
    detail: 'Sign in again, or pair the screen again.',
  })

const foreignOrigin = () =>
  problem({ status: 403, name: 'foreign-origin', title: 'This came from elsewhere', detail: FOREIGN_ORIGIN })

const noSuchWall = () =>
  problem({
    status: 404,
    name: 'not-found',
    title: 'There is no such wall',
    detail: 'This restaurant is not there (any more), or not yours. Reload the page.',
  })
