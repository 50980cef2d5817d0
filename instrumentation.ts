/** Runs once as the server starts. Next builds this file for its Edge runtime, too, which knows nothing of ours. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs' && process.env.NEXT_PHASE !== 'phase-production-build') {
    const { start } = await import('./instrumentation-node')
    await start()
  }
}
