import { readFile } from 'node:fs/promises'
import { type Db, openDatabase } from '../client'
import { explainReads, type Plan } from '../explain'
import { EXAMPLES, QUERY_MODULES } from './catalogue'
import { describeParams, type Example, type Given } from './example'
import { Refused } from './refused'
import { type Standing, type StandingOptions, takeStanding } from './standing'

export type NamedQuery = { module: string; name: string; example: Example }

/** Every exported query of db/queries, by module. */
export const NAMED_QUERIES: readonly NamedQuery[] = Object.entries(EXAMPLES).flatMap(([module, examples]) =>
  Object.entries(examples).map(([name, example]) => ({ module, name, example: example as Example })),
)

/** The query of a name such as `takeWall` or `wall.takeWall`. Throws `Refused` for any other. */
export function findNamedQuery(asked: string): NamedQuery {
  const found = NAMED_QUERIES.filter(({ module, name }) => asked === name || asked === `${module}.${name}`)
  const [query] = found
  if (query && found.length === 1) return query
  const near = found.length > 0 ? found : likeNames(asked)
  const hint =
    near.length > 0
      ? `did you mean ${near.map(({ module, name }) => `${module}.${name}`).join(' or ')}?`
      : '`npm run db:explain` lists them.'
  throw new Refused(`There is no one query "${asked}": ${hint}`)
}

/** At most three that share most of their letter pairs with what was typed. */
function likeNames(asked: string): NamedQuery[] {
  const wanted = pairsOf(asked)
  return NAMED_QUERIES.map((query) => {
    const pairs = pairsOf(query.name)
    const shared = [...pairs].filter((pair) => wanted.has(pair)).length
    return { query, likeness: (2 * shared) / (pairs.size + wanted.size) }
  })
    .filter(({ likeness }) => likeness > 0.6)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ query }) => query)
}

const pairsOf = (text: string): Set<string> =>
  new Set([...text.toLowerCase()].slice(1).map((letter, index) => text.toLowerCase().charAt(index) + letter))

/** Each query with what it returns, by the first sentence of its docstring. */
export async function describeNamedQueries(): Promise<{ name: string; what: string }[]> {
  return Promise.all(
    NAMED_QUERIES.map(async ({ module, name }) => {
      const source = await readFile(new URL(`../queries/${module}.ts`, import.meta.url), 'utf8')
      return { name: `${module}.${name}`, what: firstSentence(source, name) }
    }),
  )
}

function firstSentence(source: string, name: string): string {
  const before = source.slice(0, source.indexOf(`export async function ${name}(`))
  const docstring = before.slice(before.lastIndexOf('/**') + 3, before.lastIndexOf('*/'))
  const text = docstring.replace(/\s*\n\s*\*\s*/g, ' ').trim()
  const sentence = /^.*?[.;:](?=\s|$)/.exec(text)?.[0] ?? text
  return sentence.replaceAll(/ \([^)]*\)/g, '').replace(/[;:]$/, '.')
}

export type Explained = {
  /** `module.name`. */
  query: string
  given: Given
  /** What else may be given, and what stands for it: `limit=100 after=(none)`. */
  params: string
  /** As whom and where. */
  person: { name: string; email: string; role: string }
  restaurant: { name: string; slug: string }
  plans: Plan[]
}

/**
 * The plans of what a query sends when it is called with these parameters; nothing is written. Throws `Refused` for a
 * name, a parameter, a person or a restaurant that there is not.
 */
export async function explainNamedQuery(
  url: string,
  query: NamedQuery,
  given: Given,
  { limitMs, ...options }: StandingOptions & { limitMs: number },
): Promise<Explained> {
  const { module, name, example } = query
  const standing = await standIn(url, options)
  const plans = await explainReads(url, (db) => callNamedQuery(db, query, standing, given), { limitMs })
  const { person, restaurant } = standing
  return {
    query: `${module}.${name}`,
    given,
    params: describeParams(example),
    person: { name: person.name, email: person.email, role: person.role },
    restaurant: { name: restaurant.name, slug: restaurant.slug },
    plans,
  }
}

/** What a query answers that is called with these parameters. Throws `Refused` for a parameter that there is not. */
export async function callNamedQuery(
  db: Db,
  { module, name, example }: NamedQuery,
  standing: Standing,
  given: Given = {},
): Promise<unknown> {
  return queryOf(module, name)(db, ...(await example.arguments(db, standing, given)))
}

type AnyQuery = (db: unknown, ...args: readonly unknown[]) => Promise<unknown>

/** That the arguments fit was proven where they were made: see the type of `EXAMPLES`. */
function queryOf(module: string, name: string): AnyQuery {
  const functions = (QUERY_MODULES as Readonly<Record<string, object>>)[module] as Record<string, AnyQuery>
  const query = functions[name]
  if (!query) throw new Error(`db/queries/${module}.ts exports no ${name}.`)
  return query
}

async function standIn(url: string, options: StandingOptions): Promise<Standing> {
  const db = openDatabase(url, { max: 1, applicationName: 'brigade-explain' })
  try {
    return await takeStanding(db, options)
  } finally {
    await db.close()
  }
}
