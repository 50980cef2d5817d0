import type { AsyncLocalStorage } from 'node:async_hooks'

type Hooks = { [key: symbol]: unknown }
const hooks = globalThis as unknown as Hooks

/**
 * Runs once as the server starts: checks the environment and opens the database, so that what is wrong is said at once
 * and not by the first page, and begins to hear what other processes change. Then hands the HTTP server (bin/serve) what
 * it may not import: the gate, and how to close.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  // Next would log what this function throws and serve on, every page a 500; bin/serve waits for this word instead.
  const started = hooks[Symbol.for('brigade.started')] as ((problem?: unknown) => void) | undefined
  if (!started) return bringUp()
  await bringUp().then(() => started(), started)
}

async function bringUp(): Promise<void> {
  const { database } = await import('./app/_server/database')
  const { liveHub } = await import('./app/_server/live/live')
  const { listenForNotifications } = await import('./app/_server/notifications')
  const opened = database()
  const live = liveHub()
  live.start()
  const listener = listenForNotifications()
  hooks[Symbol.for('brigade.gate')] = opened.gate
  hooks[Symbol.for('brigade.streams')] = { count: () => live.streams, close: () => live.close() }
  hooks[Symbol.for('brigade.shutdown')] = [() => listener.stop(), () => opened.close()]
}

/** Notes by which number Next has logged an error, so that the page which bin/serve sends instead can show it. */
export function onRequestError(error: unknown): void {
  const storage = hooks[Symbol.for('brigade.request')] as
    | AsyncLocalStorage<{ reference?: string }>
    | undefined
  const request = storage?.getStore()
  if (request && error instanceof Error && 'digest' in error) request.reference = String(error.digest)
}
