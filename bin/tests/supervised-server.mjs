// What serve.mjs does with workers, around a server small enough for a test: /crash ends its worker, /slow answers when
// the worker has been asked to stop, /busy holds it up for a second, at /vanish it says that it leaves and is killed.
// What is posted is digested. FAIL: no worker starts; FAIL_AFTER: none but the first so many.
import cluster from 'node:cluster'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { runMain } from '../lib/sentence.mjs'
import { takeDealt } from '../serve/dealt.mjs'
import { stopGracefully } from '../serve/stop.mjs'
import { superviseWorkers } from '../serve/workers.mjs'

const port = Number(process.env.PORT)

await runMain(async () => {
  if (!cluster.isWorker) {
    const settings = { host: '127.0.0.1', port, origin: null, workers: 2, metricsPort: null, dev: false }
    return superviseWorkers(settings, () => process.send?.({ type: 'ready' }))
  }
  if (process.env.FAIL || Number(cluster.worker?.id) > Number(process.env.FAIL_AFTER ?? 99)) return 1
  const stopped = new Promise((resolve) => process.on('SIGTERM', resolve))
  const server = createServer(async (request, response) => {
    if (request.url === '/crash') process.exit(3)
    if (request.url === '/busy') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
    if (request.url === '/vanish') {
      process.send?.({ type: 'leaving' })
      process.kill(process.pid, 'SIGKILL')
    }
    if (request.method === 'POST') return response.end(await digest(request))
    if (request.url === '/slow') {
      response.write('begun ')
      await stopped
    }
    response.end(String(process.pid))
  })
  const door = takeDealt(server)
  process.send?.({ type: 'ready' })
  await stopped
  await stopGracefully(server, door)
  return 0
})
process.exit()

async function digest(request) {
  const hash = createHash('sha256')
  for await (const chunk of request) hash.update(chunk)
  return hash.digest('hex')
}
