/** An answer that takes longer goes out to somebody slow, or waits for something else than the processor. */
const LONGEST_TURN_MS = 5000

/**
 * Makes an answer when it is its turn at the processor. The database's gate orders who gets a connection, but a process
 * makes pages on one thread: of a hundred at once each takes as long as all of them, and so does what a kitchen sends
 * meanwhile. So few pages of the office are made at a time, by priority, while kitchens and guests never queue here.
 * @param {import('node:http').ServerResponse} response
 * @param {{ priority: import('../../db/gate').Priority, deadline: number }} request
 * @param {() => Promise<void>} answer
 * @param {() => void} refuse called where too many wait already, or a turn did not come in time
 */
export async function inTurn(response, { priority, deadline }, answer, refuse) {
  /** @type {import('../../db/gate').Gate | undefined} */
  const turns = globalThis[Symbol.for('brigade.turns')]
  if (!turns) return answer()
  try {
    const left = Math.max(0, deadline - performance.now())
    await turns.enter(priority, Math.min(left, turns.options.waitMs))
  } catch {
    return refuse()
  }
  const leave = once(() => {
    clearTimeout(timer)
    turns.leave()
  })
  const timer = setTimeout(leave, LONGEST_TURN_MS).unref()
  // Nobody waits for it any more: its `close` was before.
  if (response.closed) return leave()
  response.once('close', leave)
  return answer()
}

function once(run) {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    run()
  }
}
