// Serves a built Next app as `next start` does, by several processes. node bare-next.mjs PORT PROCESSES FOLDER
import { createServer } from 'node:http'
import next from 'next'
import { serveByWorkers } from './workers.mjs'

const [port, processes, dir = ''] = process.argv.slice(2)

await serveByWorkers(Number(processes), async () => {
  const app = next({ dev: false, dir, hostname: '127.0.0.1', port: Number(port) })
  await app.prepare()
  const server = createServer(app.getRequestHandler())
  await new Promise((resolve) => server.listen(Number(port), '127.0.0.1', () => resolve(undefined)))
})
