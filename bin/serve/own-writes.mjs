/** Longer than a process can be without notifications and not know of it. */
const REMEMBERED_SECONDS = 600
/** A number of `cache_invalidations`, exactly held by a number of JavaScript. */
const NUMBER = /^[1-9]\d{0,14}$/

/**
 * Gives whoever changed something the number of the change, as a cookie, and has this process catch up with it when they
 * ask next: app/_server/own-writes.ts says why, and does it.
 * @param {URL | null} origin the public address
 */
export function ownWrites(origin) {
  const isHttps = origin?.protocol === 'https:'
  const name = `${isHttps ? '__Host-' : ''}brigade_wrote`
  const attributes = `Path=/; Max-Age=${REMEMBERED_SECONDS}; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`
  const pattern = new RegExp(`(?:^|; )${name}=([^;]*)`)
  const app = () => globalThis[Symbol.for('brigade.ownWrites')]

  return {
    /**
     * @param {import('node:http').IncomingMessage} request
     * @returns {Promise<boolean> | undefined} to be waited for before the request is answered; false: this process could not
     *   catch up, and what it has may be older than what they wrote. Undefined: nothing to wait for
     */
    hear({ headers }) {
      const [, value] = pattern.exec(headers.cookie ?? '') ?? []
      // Only people who are signed in change anything that is kept; others need not cost a query.
      if (!value || !NUMBER.test(value) || !headers.cookie?.includes('brigade_session=')) return undefined
      return app()
        ?.hear(Number(value))
        .then(
          () => true,
          () => false,
        )
    },

    /**
     * Adds the cookie as the head of the answer goes out, by when the request's mutations have committed.
     * @param {import('node:http').ServerResponse} response
     * @param {{ wrote?: { id: number } }} store
     */
    tellOf(response, store) {
      const { writeHead } = response
      response.writeHead = function (...head) {
        if (store.wrote && !this.headersSent) {
          app()?.settle(store)
          this.appendHeader('set-cookie', `${name}=${store.wrote.id}; ${attributes}`)
        }
        return writeHead.apply(this, head)
      }
    },
  }
}
