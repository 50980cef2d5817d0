/** What stands in every line, or is said in its words: the name of a slow query, for one. */
const SAID = new Set(['level', 'time', 'pid', 'msg', 'err', 'requestId', 'query'])

/** A stream for pino whose lines a person can read: time, words, then the fields; what went wrong on stderr. */
export function wordsStream() {
  return {
    write(line) {
      const event = JSON.parse(line)
      const isTrouble = ['warn', 'error', 'fatal'].includes(event.level)
      ;(isTrouble ? process.stderr : process.stdout).write(`${inWords(event)}\n`)
    },
  }
}

/**
 * @param {Record<string, any>} event as pino wrote it
 * @returns {string}
 */
export function inWords(event) {
  const { level, time, msg, err, requestId } = event
  const at = new Date(time).toTimeString().slice(0, 8)
  const head = level === 'info' ? at : `${at} ${level}`
  const fields = Object.entries(event)
    .filter(([name, value]) => !SAID.has(name) && value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
  const about = [...fields, ...(requestId ? [`request ${requestId}`] : [])].join(' ')
  return [`${head}  ${msg}${about ? `  (${about})` : ''}`, ...troubles(err)].join('\n')
}

function troubles(err) {
  if (!err) return []
  if (typeof err === 'string') return [err]
  return [
    err.stack || `${err.type}: ${err.message}`,
    ...troubles(err.cause).map((line) => `caused by ${line}`),
  ]
}
