// What serve.mjs does with workers, around a server small enough for a test: /crash ends its worker, /slow answers when
// the worker has been asked to stop. FAIL: no worker starts; FAIL_AFTER: none but the first so many.
import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { runMain } from '../lib/sentence.mjs'
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
    if (request.url === '/slow') {
      response.write('begun ')
      await stopped
    }
    response.end(String(process.pid))
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)))
  process.send?.({ type: 'ready' })
  await stopped
  await stopGracefully(server)
  return 0
})
process.exit()
