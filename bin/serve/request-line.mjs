/**
 * One line in the log for each request that was answered: what was asked by its pattern and not by its address, which may
 * hold secrets. Files of the build are of use to nobody but who looks closely.
 * @param {import('pino').Logger} log
 * @returns {(answered: import('./listener.mjs').Answered) => void}
 */
export function requestLines(log) {
  return ({ id, method, route, status, ms, bytes, queries, gateMs, isComplete }) => {
    const level = status >= 500 ? 'warn' : route === 'static' ? 'debug' : 'info'
    const fields = {
      requestId: id,
      method,
      route,
      status,
      ms: tenths(ms),
      bytes,
      queries,
      gateMs: tenths(gateMs),
      ...(!isComplete && { brokenOff: true }),
    }
    log[level](fields, 'request')
  }
}

const tenths = (ms) => Math.round(ms * 10) / 10
