import { setTimeout as pause, setImmediate as turnOfTheLoop } from 'node:timers/promises'

/** Within so long the next one is there: a supervisor hands over a connection once the last was taken. */
const NEXT_ARRIVES_WITHIN_MS = 2
/** Of each window, so that people who never stop coming hold up nobody. */
const LONGEST_WAIT_MS = 40
const WINDOW_MS = 200

/**
 * Has requests begin one in a turn of the event loop, and not while connections arrive. A process takes one connection a
 * turn. If each brought work into its turn, then of all who come at once after a process beside this one died, everybody
 * would wait for the work of those before them, and so would who asks /healthz.
 * @param {import('node:events').EventEmitter} server whose `connection`s these are
 * @returns {(begin: () => void) => void} calls `begin` in its turn
 */
export function oneATurn(server) {
  let arrivedAt = Number.NEGATIVE_INFINITY
  server.on('connection', () => {
    arrivedAt = performance.now()
  })
  const patience = waitingTime()
  const allArrived = async () => {
    while (performance.now() - arrivedAt < NEXT_ARRIVES_WITHIN_MS && patience.left() > 0) {
      const since = performance.now()
      await pause(1)
      patience.spend(performance.now() - since)
    }
  }

  /** @type {(() => void)[]} */
  const line = []
  let isServed = false
  const serve = async () => {
    isServed = true
    for (let begin = line.shift(); begin; begin = line.shift()) {
      await allArrived()
      // What it throws is told like any other bug then, and ends no line.
      process.nextTick(begin)
      await turnOfTheLoop()
    }
    isServed = false
  }
  return (begin) => {
    line.push(begin)
    if (!isServed) void serve()
  }
}

/** How much may still be waited in this window, in milliseconds. */
function waitingTime() {
  let [endsAt, left] = [0, 0]
  return {
    left() {
      if (performance.now() >= endsAt) [endsAt, left] = [performance.now() + WINDOW_MS, LONGEST_WAIT_MS]
      return left
    },
    spend(ms) {
      left -= ms
    },
  }
}
