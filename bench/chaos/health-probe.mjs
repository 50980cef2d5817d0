// Asks /healthz over and over, in a process of its own: whatever else the chaos does must not make the answer look late.
import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

const EVERY_MS = 50
const ANSWER_WITHIN_MS = 5000

/** On a connection of its own, so that each web process is asked in turn. Milliseconds, or null where nobody answered. */
function ask(origin) {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const sent = get(`${origin}/healthz`, { agent: false, timeout: ANSWER_WITHIN_MS }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode === 200 ? performance.now() - startedAt : null))
      answer.once('error', () => resolve(null))
    })
    sent.once('timeout', () => sent.destroy(new Error('timeout')))
    sent.once('error', () => resolve(null))
  })
}

const [origin, bareOrigin] = process.argv.slice(2)
for (;;) {
  const [health, bare] = await Promise.all([ask(origin), ask(bareOrigin)])
  process.send?.({ health, bare })
  await pause(EVERY_MS)
}
