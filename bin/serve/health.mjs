import { pathOf } from './route-class.mjs'

const FIRST_LINE = /^(?:GET|HEAD) (\/\S*) /

/**
 * Whether a connection begins by asking /healthz.
 * @param {Buffer} bytes the first that came on it; what is split before the end of their first line is not looked into
 * @returns {boolean}
 */
export function beginsWithHealth(bytes) {
  const url = FIRST_LINE.exec(bytes.toString('latin1', 0, 128))?.[1]
  return url !== undefined && pathOf(url) === '/healthz'
}

/**
 * Says whether somebody is there to serve, without the app and without the database.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {boolean} isServed
 */
export function answerHealth(request, response, isServed = true) {
  const body = isServed ? 'ok\n' : 'no web process answers\n'
  response.writeHead(isServed ? 200 : 503, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
