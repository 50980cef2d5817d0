import { type Database, openDatabase } from '@/db/client'
import { environment } from './environment'
import { statementName } from './statement-name'

type Holder = { [key: symbol]: Database | undefined }
const KEY = Symbol.for('brigade.database')

/** The database of this process. On `globalThis`, because the bundler may load this module more than once. */
export function database(): Database {
  const holder = globalThis as unknown as Holder
  holder[KEY] ??= openOurs()
  return holder[KEY]
}

function openOurs(): Database {
  const { DATABASE_URL, DATABASE_DIRECT_URL, POOL_MAX, POOL_WAIT_MS, POOL_QUEUE, SLOW_QUERY_MS } =
    environment()
  // A direct address beside the other one means that the other one leads through a pooler.
  const pooled = DATABASE_DIRECT_URL !== undefined && DATABASE_DIRECT_URL !== DATABASE_URL
  return openDatabase(DATABASE_URL, {
    max: POOL_MAX,
    waitMs: POOL_WAIT_MS,
    queue: POOL_QUEUE,
    pooled,
    slowMs: SLOW_QUERY_MS,
    onSlow: sayWhatIsSlow,
  })
}

const LONGEST_SHOWN = 300

/** The statement alone: its values may be anybody's. */
function sayWhatIsSlow(text: string, ms: number): void {
  const statement = text
    .replace(/--[^\n]*|\s+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  const name = statementName(text)
  console.warn(`Slow query ${name ?? 'without a name'}`, {
    query: name,
    ms: Math.round(ms),
    statement: statement.length > LONGEST_SHOWN ? `${statement.slice(0, LONGEST_SHOWN)}…` : statement,
  })
}
