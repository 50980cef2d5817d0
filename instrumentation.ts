import type { AsyncLocalStorage } from 'node:async_hooks'

type Hooks = { [key: symbol]: unknown }
const hooks = globalThis as unknown as Hooks

/** Runs once as the server starts. Next builds this file for its Edge runtime, too, which knows nothing of ours. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs' && process.env.NEXT_PHASE !== 'phase-production-build') {
    const { start } = await import('./instrumentation-node')
    await start()
  }
}

/** Notes by which number Next has logged an error, so that the page which bin/serve sends instead can show it. */
export function onRequestError(error: unknown): void {
  const storage = hooks[Symbol.for('brigade.request')] as
    | AsyncLocalStorage<{ reference?: string }>
    | undefined
  const request = storage?.getStore()
  if (request && error instanceof Error && 'digest' in error) request.reference = String(error.digest)
}
