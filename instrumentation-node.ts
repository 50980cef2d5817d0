type Hooks = { [key: symbol]: unknown }
const hooks = globalThis as unknown as Hooks

/**
 * Checks the environment and opens the database, so that what is wrong is said at once and not by the first page, and
 * begins to hear what other processes change. Then hands the HTTP server (bin/serve) what it may not import: the gates,
 * and how to close.
 */
export async function start(): Promise<void> {
  // Next would log what this function throws and serve on, every page a 500; bin/serve waits for this word instead.
  const started = hooks[Symbol.for('brigade.started')] as ((problem?: unknown) => void) | undefined
  if (!started) return bringUp()
  await bringUp().then(() => started(), started)
}

async function bringUp(): Promise<void> {
  const { Gate } = await import('./db/gate')
  const { database } = await import('./app/_server/database')
  const { environment } = await import('./app/_server/environment')
  const { startHousekeeper } = await import('./app/_server/housekeeping')
  const { liveHub } = await import('./app/_server/live/live')
  const { miseFigures } = await import('./app/_server/mise')
  const { listenForNotifications } = await import('./app/_server/notifications')
  const { hearOfWrite, settleOwnWrites } = await import('./app/_server/own-writes')
  const { sayConnectionBudget } = await import('./app/_server/connection-budget')
  const opened = database()
  void sayConnectionBudget()
  const live = liveHub()
  live.start()
  const listener = listenForNotifications()
  const { HOUSEKEEPING, RENDER_MAX, POOL_QUEUE, POOL_WAIT_MS } = environment()
  const housekeeper = HOUSEKEEPING ? startHousekeeper() : null
  hooks[Symbol.for('brigade.gate')] = opened.gate
  hooks[Symbol.for('brigade.turns')] = new Gate({ max: RENDER_MAX, queue: POOL_QUEUE, waitMs: POOL_WAIT_MS })
  hooks[Symbol.for('brigade.streams')] = {
    count: () => live.streams,
    lag: () => live.lagSeconds,
    close: () => live.close(),
  }
  hooks[Symbol.for('brigade.miseFigures')] = miseFigures
  hooks[Symbol.for('brigade.ownWrites')] = { hear: hearOfWrite, settle: settleOwnWrites }
  hooks[Symbol.for('brigade.jobFigures')] = () => housekeeper?.figures() ?? []
  hooks[Symbol.for('brigade.shutdown')] = [
    () => listener.stop(),
    async () => {
      await housekeeper?.stop()
      await opened.close()
    },
  ]
}
