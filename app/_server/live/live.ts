import { database } from '../database'
import { Hub } from './hub'

type Holder = { [key: symbol]: Hub | undefined }
const KEY = Symbol.for('brigade.live')

/** This process's live streams. On `globalThis`, because the bundler may load this module more than once. */
export function liveHub(): Hub {
  const holder = globalThis as unknown as Holder
  holder[KEY] ??= new Hub(database())
  return holder[KEY]
}
