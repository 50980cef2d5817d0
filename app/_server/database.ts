import { type Database, openDatabase } from '@/db/client'
import { environment } from './environment'

type Holder = { [key: symbol]: Database | undefined }
const KEY = Symbol.for('brigade.database')

/** The database of this process. On `globalThis`, because the bundler may load this module more than once. */
export function database(): Database {
  const holder = globalThis as unknown as Holder
  holder[KEY] ??= openOurs()
  return holder[KEY]
}

function openOurs(): Database {
  const { DATABASE_URL, DATABASE_DIRECT_URL, POOL_MAX, POOL_WAIT_MS, POOL_QUEUE } = environment()
  // A direct address beside the other one means that the other one leads through a pooler.
  const pooled = DATABASE_DIRECT_URL !== undefined && DATABASE_DIRECT_URL !== DATABASE_URL
  return openDatabase(DATABASE_URL, { max: POOL_MAX, waitMs: POOL_WAIT_MS, queue: POOL_QUEUE, pooled })
}
