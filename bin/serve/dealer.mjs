import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { answerBusy } from './failure.mjs'
import { serveConnection, watchTimeouts } from './handed-over.mjs'
import { answerHealth, beginsWithHealth } from './health.mjs'
import { requestIdOf } from './request-id.mjs'
import { pathOf } from './route-class.mjs'

/** Who connects and asks nothing is let go, as Node's HTTP server does with who sends no whole head. */
const ASKS_WITHIN_MS = 60_000
/** A web process says every second that it lives (dealt.mjs). */
const SILENT_AFTER_MS = 5000
/** While no process can be heard, who waits for one is told so. */
const LOOK_EVERY_MS = 1000
const RETRY_AFTER_SECONDS = 2
/** Of the same process: what it was given before the first of them it has, or it never arrived. */
const BEATS_WITHOUT_TAKING = 3

/**
 * Takes all connections and gives each to a web process that took the last one it was given. What it begins with is read
 * first: /healthz is answered here, where no page is made, so that it says at once whether a process serves.
 * docs/decisions/003-serving.md says why this is not left to node:cluster.
 *
 * @typedef {{ socket: import('node:net').Socket, bytes: Buffer }} Connection what was read of it so far
 * @typedef {{ given: Connection | null, beats: number, heardAt: number, isLeaving: boolean }} Seat
 * @returns {{
 *   server: import('node:net').Server,
 *   add: (worker: import('node:cluster').Worker) => void,
 * }} `server`: to listen with; `add` gives a process its share, until it says that it leaves, or is gone
 */
export function createDealer() {
  /** @type {Map<import('node:cluster').Worker, Seat>} whoever was given something is last */
  const seats = new Map()
  /** @type {Connection[]} */
  const line = []

  const isServed = () => {
    const since = performance.now() - SILENT_AFTER_MS
    return [...seats.values()].some(({ isLeaving, heardAt }) => !isLeaving && heardAt > since)
  }
  const here = createHttpServer((request, response) => {
    // What is asked next on this connection may be for the processes.
    response.shouldKeepAlive = false
    if (pathOf(request.url ?? '/') === '/healthz') return answerHealth(request, response, isServed())
    answerBusy(request, response, RETRY_AFTER_SECONDS, requestIdOf(request))
  })
  watchTimeouts(here)

  const serveHere = ({ socket, bytes }) => {
    delete socket._read
    serveConnection(here, socket, bytes)
  }

  const deal = () => {
    for (const [worker, seat] of [...seats]) {
      if (line.length === 0) return
      if (!seat.given && !seat.isLeaving) give(worker, seat, /** @type {Connection} */ (line.shift()))
    }
  }
  const give = (worker, seat, connection) => {
    seats.delete(worker)
    seats.set(worker, seat)
    Object.assign(seat, { given: connection, beats: 0 })
    const message = { type: 'connection', bytes: connection.bytes.toString('base64') }
    // Kept open, or it could not be given to another one when this one dies. It is ended there where it is served: to close
    // this side of it tells nobody anything.
    worker.send(message, connection.socket, { keepOpen: true }, (error) => error && giveUp(worker))
  }
  const take = (seat) => {
    seat.given?.socket.destroy()
    seat.given = null
    deal()
  }
  /** What a process was given before it died it has not begun with, or it would have said so first: nearly always. */
  const giveUp = (worker) => {
    const given = seats.get(worker)?.given
    seats.delete(worker)
    if (given) mayBeGivenAgain(given) ? line.unshift(given) : given.socket.destroy()
    deal()
  }

  const hear = (worker, seat, type) => {
    seat.heardAt = performance.now()
    if (type === 'taken') take(seat)
    if (type === 'beat' && seat.given && ++seat.beats >= BEATS_WITHOUT_TAKING) take(seat)
    if (type === 'leaving') {
      seat.isLeaving = true
      // Behind all that it was given. One that is gone by now needs no word, and without a callback that would be an error
      // that ends this process.
      worker.send({ type: 'left' }, () => {})
    }
  }

  setInterval(() => {
    if (!isServed()) for (const connection of line.splice(0)) serveHere(connection)
  }, LOOK_EVERY_MS).unref()

  return {
    server: createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      readFirst(socket, (connection) => {
        if (beginsWithHealth(connection.bytes)) return serveHere(connection)
        line.push(connection)
        deal()
      }),
    ),
    add(worker) {
      const seat = { given: null, beats: 0, heardAt: performance.now(), isLeaving: false }
      seats.set(worker, seat)
      worker.on('message', (message) => hear(worker, seat, message?.type))
      // Node says no `disconnect` of a process that dies before it took what it was given.
      for (const event of ['disconnect', 'exit']) worker.once(event, () => giveUp(worker))
      deal()
    },
  }
}

/** Calls back with what comes first, and reads no more: what follows is for who serves it. */
function readFirst(socket, callback) {
  const end = () => socket.destroy()
  socket.on('error', end)
  socket.once('end', end)
  socket.setTimeout(ASKS_WITHIN_MS, end)
  socket.once('data', (bytes) => {
    socket.off('end', end)
    socket.setTimeout(0, end)
    stopReading(socket)
    callback({ socket, bytes })
  })
}

/**
 * Right now, and not ahead either: what a paused socket still reads would be missing where the connection goes. Node stops
 * the handle in the same way when a reader is behind.
 */
function stopReading(socket) {
  socket.pause()
  socket._read = () => {}
  const handle = socket._handle
  handle.reading = false
  handle.readStop()
}

/** Asked twice they do no more than asked once, if ever a process began without a word. */
const mayBeGivenAgain = ({ bytes }) => /^(?:GET|HEAD) /.test(bytes.toString('latin1', 0, 5))
