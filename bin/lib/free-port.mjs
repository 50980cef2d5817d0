import { createServer } from 'node:net'

/**
 * A port of this machine that nobody listens on at this moment.
 * @returns {Promise<number>}
 */
export async function freePort() {
  return /** @type {number} */ (await portIfFree(0))
}

/**
 * @param {number} port 0: any
 * @returns {Promise<number | undefined>} the port, if nobody listens on it
 */
export function portIfFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = /** @type {import('node:net').AddressInfo} */ (probe.address())
      probe.close(() => resolve(address.port))
    })
  })
}
