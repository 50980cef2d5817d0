import { notFound } from 'next/navigation'
import { csvResponse } from '@/app/_server/csv'
import { unavailable } from '@/app/_server/problem'
import { EXPORTS } from '../lists'

type Context = { params: Promise<{ list: string }> }

/** A list under the filters of its page, whole, as CSV. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { list } = await params
  const exported = Object.hasOwn(EXPORTS, list) ? EXPORTS[list] : undefined
  if (!exported) notFound()
  try {
    const { header, rows } = await exported(givenIn(new URL(request.url).searchParams))
    return await csvResponse(`${list}.csv`, header, rows)
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}

/** As pages get them: what is there several times as a list. */
function givenIn(query: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(query.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const values = query.getAll(name)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}
