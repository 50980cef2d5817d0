/** Shows how PostgreSQL runs a query of db/queries; without a name it lists them. */
import { postgresCause } from '../../db/client'
import {
  describeNamedQueries,
  type Explained,
  explainNamedQuery,
  findNamedQuery,
} from '../../db/named-queries/named-queries'
import { Refused } from '../../db/named-queries/refused'
import { type Call, readWish, USAGE, type Wish } from '../explain/arguments'
import { report, reportBoth, reportJson } from '../explain/report'
import { withReachable } from '../lib/with-database'

const UNDEFINED_TABLE = '42P01'
/** Where the output is no terminal. */
const COLUMNS = 240

try {
  const wish = readWish(process.argv.slice(2))
  const { call } = wish
  if (call) await withReachable((url) => explain(url, call, wish))
  else await list()
} catch (error) {
  const unmigrated = postgresCause(error)?.code === UNDEFINED_TABLE
  if (!unmigrated && !(error instanceof Refused)) throw error
  console.error(
    unmigrated ? 'This database lacks tables: run npm run db:migrate first.' : (error as Error).message,
  )
  process.exitCode = 1
}

async function list(): Promise<void> {
  const queries = await describeNamedQueries()
  const width = Math.max(...queries.map(({ name }) => name.length))
  for (const { name, what } of queries) console.log(`${name.padEnd(width)}  ${what}`)
  console.error(`\n${USAGE}`)
}

async function explain(url: string, call: Call, wish: Wish): Promise<void> {
  const first = await plansOf(url, call, wish)
  const second = wish.compare && (await plansOf(url, wish.compare, wish))
  if (wish.json) {
    const document = second ? { first: reportJson(first), second: reportJson(second) } : reportJson(first)
    console.log(JSON.stringify(document, null, 2))
  } else if (second) {
    console.log(reportBoth(first, second, { sql: wish.sql, columns: process.stdout.columns ?? COLUMNS }))
  } else console.log(report(first, wish))
}

function plansOf(url: string, { query, given }: Call, wish: Wish): Promise<Explained> {
  return explainNamedQuery(url, findNamedQuery(query), given, wish)
}
