import { randomUUID } from 'node:crypto'

/** What a proxy or a client may call a request: nothing that could be anything else in a log or on a page. */
const SANE = /^[A-Za-z0-9][A-Za-z0-9._-]{3,63}$/

/**
 * The id of a request: the one that came with it where that is sane, else a new one, short enough to be read out.
 * @param {import('node:http').IncomingMessage} request
 * @returns {string}
 */
export function requestIdOf({ headers }) {
  const given = headers['x-request-id']
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID().replaceAll('-', '').slice(0, 12)
}
