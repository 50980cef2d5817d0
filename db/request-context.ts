import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import type { Priority } from './gate'

/**
 * What is known of the request being served; the HTTP server sets it, the gate counts into it. `id` is what the log calls
 * it; `overloaded`: the database could not take or finish a statement of it, and may in a moment; `deadline`: until when it
 * may wait for whatever it waits for, as `performance.now()` counts, as long as it is not `isAnswered`, at least in part;
 * `gateMs` how long it has waited for connections; `priority` whose turn it is at the gate; `cut` destroys its connection;
 * `wrote` is what its mutations said they made stale, with the number of the last such row.
 */
export type RequestContext = {
  id?: string
  queries: number
  gateMs?: number
  overloaded: boolean
  deadline?: number
  isAnswered?: () => boolean
  priority?: Priority
  cut?: () => void
  wrote?: { id: number; tags: string[] }
}

type Holder = { [key: symbol]: AsyncLocalStorage<RequestContext> | undefined }

/** On `globalThis`, because the server and the bundled app are loaded separately in one process. */
export function requestContext(): AsyncLocalStorage<RequestContext> {
  const holder = globalThis as unknown as Holder
  const key = Symbol.for('brigade.request')
  holder[key] ??= new AsyncLocalStorage<RequestContext>()
  return holder[key]
}

/** Runs `work` apart from the request that it may have begun in: with that one's end it has nothing to do. */
export const apart = <T>(priority: Priority, work: () => T): T =>
  requestContext().run({ queries: 0, overloaded: false, priority }, work)

/** Made as this module is loaded, before any request. */
const outside = new AsyncResource('brigade.outside')

/**
 * Runs `work` as if no request had ever come. What is opened within one and outlives it would keep all that Node knows that
 * one by: a page as React wrote it, and those that were written at the same moment.
 */
export const outsideRequests = <T>(work: () => T): T => outside.runInAsyncScope(work)

/** Runs `work` and tells how many statements it sent through the gate. */
export async function countQueries<T>(work: () => Promise<T>): Promise<{ result: T; queries: number }> {
  const context: RequestContext = { queries: 0, overloaded: false }
  const result = await requestContext().run(context, work)
  return { result, queries: context.queries }
}
