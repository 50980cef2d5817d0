import type { z } from 'zod'
import type { Db } from '../client'
import { Refused } from './refused'
import type { Standing } from './standing'

/** How a query is called: the parameters that one may give, and what they come to as its arguments after the database. */
export type Example<Arguments extends readonly unknown[] = readonly unknown[]> = {
  params: Readonly<Record<string, z.ZodType>>
  /** What the page looks up before it asks is asked of `db`. Throws `Refused` for parameters that don't fit. */
  arguments(db: Db, standing: Standing, given: Given): Promise<Arguments>
}

/** Parameters as they were typed, or of any type where they came as JSON. */
export type Given = Readonly<Record<string, unknown>>

/** Every parameter has a default or may be left out, so that a call without any works. */
export function example<Shape extends Record<string, z.ZodType>, Arguments extends readonly unknown[]>(
  params: Shape,
  toArguments: (
    standing: Standing,
    params: z.output<z.ZodObject<Shape>>,
    db: Db,
  ) => Arguments | Promise<Arguments>,
): Example<Arguments> {
  return {
    params,
    arguments: async (db, standing, given) =>
      toArguments(standing, readParams(params, given) as z.output<z.ZodObject<Shape>>, db),
  }
}

function readParams(params: Example['params'], given: Given): Record<string, unknown> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(params, name)) throw new Refused(`There is no parameter "${name}". ${offer(params)}`)
  }
  const read: Record<string, unknown> = {}
  for (const [name, type] of Object.entries(params)) {
    const value = name in given ? readParam(name, type, given[name]) : type.safeParse(undefined).data
    if (value !== undefined) read[name] = value
  }
  return read
}

/** What was typed may be JSON (5, true, null, [1,2]) or plain text: the first of the two that fits counts. */
function readParam(name: string, type: z.ZodType, given: unknown): unknown {
  const tried = [fromJson(given), given].map((value) => type.safeParse(value))
  const fits = tried.find((result) => result.success)
  if (fits) return fits.data
  const problem = tried[0]?.error?.issues[0]?.message ?? 'unknown'
  throw new Refused(
    `${name}=${typeof given === 'string' ? given : JSON.stringify(given)} does not fit: ${problem}.`,
  )
}

function fromJson(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(fromJson)
  if (typeof given !== 'string') return given
  try {
    return JSON.parse(given)
  } catch {
    return given
  }
}

function offer(params: Example['params']): string {
  const names = Object.keys(params)
  return names.length === 0 ? 'It takes none.' : `It takes ${describeParams({ params })}.`
}

/** The parameters with their defaults, in one line: `limit=60 after=(none)`. */
export function describeParams({ params }: Pick<Example, 'params'>): string {
  return Object.entries(params)
    .map(([name, type]) => {
      const { data } = type.safeParse(undefined)
      const standard = data === undefined ? `(${type.description ?? 'none'})` : JSON.stringify(data)
      return `${name}=${standard.replace(/^"(\w+)"$/, '$1')}`
    })
    .join(' ')
}
