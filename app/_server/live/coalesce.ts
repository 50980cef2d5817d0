/**
 * Runs `work` one at a time: however often it is asked for while it runs, once more afterwards. Each call's promise is
 * that of a run which began after the call.
 */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  const run = (): Promise<void> => {
    const mine = work().finally(() => {
      if (running === mine) running = undefined
    })
    running = mine
    return mine
  }
  const runNext = (): Promise<void> => {
    next = undefined
    return run()
  }
  return () => {
    if (!running) return run()
    next ??= running.then(runNext, runNext)
    return next
  }
}
