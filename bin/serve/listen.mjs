import { Server } from 'node:net'
import { Sentence } from '../lib/sentence.mjs'

/**
 * Who brings connections to a server: `close` has no more come, and resolves once those that came have ended.
 * @typedef {{ close: () => Promise<void> }} Door
 */

/**
 * Takes connections to an address.
 * @param {import('node:net').Server} server
 * @param {{ host: string, port: number }} address
 * @returns {Promise<Door>}
 * @throws {Sentence} when the port is in use
 */
export async function listen(server, { host, port }) {
  await new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const busy = 'code' in error && error.code === 'EADDRINUSE'
      reject(busy ? new Sentence(`Port ${port} is in use: choose another with PORT.`) : error)
    })
    server.listen(port, host, () => resolve(undefined))
  })
  return {
    // The HTTP server's own `close` would end idle connections at once.
    close: () => new Promise((resolve) => Server.prototype.close.call(server, () => resolve(undefined))),
  }
}
