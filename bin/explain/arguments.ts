import { parseArgs } from 'node:util'
import type { Given } from '../../db/named-queries/example'
import { Refused } from '../../db/named-queries/refused'

/** A query by name with its parameters as they were typed. */
export type Call = { query: string; given: Given }

export type Wish = {
  /** None: list the queries. */
  call: Call | null
  /** What to put beside it. */
  compare: Call | null
  json: boolean
  /** Whole statements, not their beginnings. */
  sql: boolean
  email: string | undefined
  restaurant: string | undefined
  limitMs: number
}

export const USAGE = `npm run db:explain -- QUERY [name=value … or {"name":value}] [--compare [QUERY] [name=value …]]
  --restaurant SLUG   at which restaurant; the first by name
  --as EMAIL          as whom; the first active admin
  --limit SECONDS     for each statement; 30
  --sql               with the whole text of each statement
  --json              everything as JSON`

const MOST_SECONDS = 3600

/**
 * What was asked on the command line. What stands after `--compare` is the second call; without a name of its own it is
 * the first one with those parameters changed. Throws `Refused` for what is no call.
 */
export function readWish(args: string[]): Wish {
  const { values, tokens } = parse(args)
  const beside = tokens.find((token) => token.kind === 'option' && token.name === 'compare')?.index
  const positionals = tokens.filter((token) => token.kind === 'positional')
  const of = (second: boolean) =>
    positionals
      .filter(({ index }) => (beside !== undefined && index > beside) === second)
      .map(({ value }) => value)
  const call = of(false).length > 0 ? readCall(of(false)) : null
  if (beside !== undefined && !call) throw new Refused(`Compare what? Usage: ${USAGE}`)
  const seconds = Number(values.limit ?? 30)
  if (!(seconds > 0 && seconds <= MOST_SECONDS))
    throw new Refused(`--limit takes seconds, at most ${MOST_SECONDS}: "${values.limit}" is not that.`)
  return {
    call,
    compare: call && beside !== undefined ? readCall(of(true), call) : null,
    json: values.json ?? false,
    sql: values.sql ?? false,
    email: values.as,
    restaurant: values.restaurant,
    limitMs: seconds * 1000,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      tokens: true,
      options: {
        compare: { type: 'boolean' },
        json: { type: 'boolean' },
        sql: { type: 'boolean' },
        as: { type: 'string' },
        restaurant: { type: 'string' },
        limit: { type: 'string' },
      },
    })
  } catch (error) {
    throw new Refused(`${(error as Error).message.split('. ')[0]}. Usage: ${USAGE}`)
  }
}

function readCall(words: readonly string[], like?: Call): Call {
  const [first = ''] = words
  if (!isParameter(first) && first !== '') return { query: first, given: readGiven(words.slice(1)) }
  if (!like) throw new Refused(`Which query? "${first}" is a parameter. Usage: ${USAGE}`)
  return { query: like.query, given: { ...like.given, ...readGiven(words) } }
}

const isParameter = (word: string): boolean => word.startsWith('{') || /^\w+=/.test(word)

/** A name that stands there twice has both values. */
function readGiven(words: readonly string[]): Given {
  const given: Record<string, unknown> = {}
  for (const word of words) {
    if (word.startsWith('{')) Object.assign(given, readJson(word))
    else {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? []
      if (name === undefined)
        throw new Refused(`"${word}" is no parameter: write name=value, or {"name":value} for several.`)
      given[name] = name in given ? [given[name], value].flat() : value
    }
  }
  return given
}

function readJson(word: string): object {
  try {
    return JSON.parse(word) as object
  } catch (error) {
    throw new Refused(`${word} is no JSON: ${(error as Error).message}.`)
  }
}
