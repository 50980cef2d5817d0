// Asks /healthz over and over, in a thread of its own: whatever else this process does must not make the answer look late.
import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

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

for (;;) {
  const [health, bare] = await Promise.all([ask(workerData.origin), ask(workerData.bareOrigin)])
  parentPort?.postMessage({ health, bare })
  await pause(EVERY_MS)
}
