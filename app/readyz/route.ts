import { isReachable } from '@/db/queries/health'
import { database } from '../_server/database'

const WITHIN_MS = 500

export const dynamic = 'force-dynamic'

/** 200 while this process reaches its database within 500 ms, else 503: whether a balancer should send it requests. */
export async function GET(): Promise<Response> {
  const ready = await Promise.race([isReachable(database()), after(WITHIN_MS)])
  const headers = { 'cache-control': 'no-store' }
  return new Response(ready ? 'ready\n' : 'no database\n', { status: ready ? 200 : 503, headers })
}

const after = (milliseconds: number) =>
  new Promise<false>((resolve) => setTimeout(resolve, milliseconds, false).unref())
