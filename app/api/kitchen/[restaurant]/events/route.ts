import { liveHub } from '@/app/_server/live/live'
import { problem, unavailable } from '@/app/_server/problem'
import { currentPerson, currentWallScope, sessionToken } from '@/app/_server/session'
import { requestContext } from '@/db/request-context'

type Context = { params: Promise<{ restaurant: string }> }

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // `no-transform`: compressed, a message might wait for the next one.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

/** The live stream of one restaurant's walls, for its kitchen's people and its paired screens. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const scope = await currentWallScope((await params).restaurant)
    if (!scope) return (await currentPerson()) ? NOT_FOUND() : SIGNED_OUT()
    // Nobody would read the stream, and so nobody would end it.
    if (request.method === 'HEAD') return new Response(null, { headers: HEADERS })
    if (liveHub().isClosing) return RESTARTING()
    const body = await liveHub().open({
      viewer: { scope, sessionToken: scope.actor.deviceId === null ? await sessionToken() : null },
      lastSeq: parseSeq(request.headers.get('last-event-id')),
      signal: request.signal,
      cut: requestContext().getStore()?.cut ?? (() => {}),
    })
    return new Response(body, { headers: HEADERS })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}

/** What is no number of ours is as good as none: the screen gets everything. */
const parseSeq = (text: string | null): number | null => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : null)

const SIGNED_OUT = () =>
  problem({
    status: 401,
    name: 'signed-out',
    title: 'Nobody is signed in',
    detail: 'Sign in, or pair this screen again.',
  })

const NOT_FOUND = () =>
  problem({
    status: 404,
    name: 'not-found',
    title: 'There is no such kitchen',
    detail: 'Choose one of your kitchens.',
  })

const RESTARTING = () =>
  problem({
    status: 503,
    name: 'unavailable',
    title: 'Brigade is restarting',
    detail: 'Connect again after the time in Retry-After.',
    headers: { 'retry-after': '1' },
  })
