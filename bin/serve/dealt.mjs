import { once } from 'node:events'
import { serveConnection, watchTimeouts } from './handed-over.mjs'

const BEAT_EVERY_MS = 1000

/**
 * Takes the connections that the supervisor deals (dealer.mjs), once it knows that this process is ready.
 * @param {import('node:http').Server} server listens nowhere
 * @returns {import('./listen.mjs').Door}
 */
export function takeDealt(server) {
  const open = new Set()
  // When its supervisor has just died it still ends what it has: the `disconnect` comes, and this must not throw before it.
  const say = (type) => process.connected && process.send?.({ type }, () => {})
  /** @param {import('node:net').Socket | undefined} socket absent when whoever asked was gone before it came here */
  const take = (socket, bytes) => {
    // Before anything is done for it: what was not taken is given to another process when this one dies.
    say('taken')
    if (!socket) return
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      if (open.size === 0) server.emit('drained')
    })
    serveConnection(server, socket, Buffer.from(bytes, 'base64'))
  }
  watchTimeouts(server)
  process.on('message', (message, socket) => {
    if (message?.type === 'connection') take(socket, message.bytes)
  })
  setInterval(() => say('beat'), BEAT_EVERY_MS).unref()

  return {
    async close() {
      await left(say)
      if (open.size > 0) await once(server, 'drained')
    },
  }
}

/** Resolves when nothing more comes. */
function left(say) {
  return new Promise((resolve) => {
    process.on('message', (message) => message?.type === 'left' && resolve(undefined))
    process.once('disconnect', resolve)
    say('leaving')
    if (!process.connected) resolve(undefined)
  })
}
