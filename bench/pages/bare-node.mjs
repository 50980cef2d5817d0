// Sends what is in a folder from memory, file by file: the most that Node's own HTTP server can do on this machine.
// node bare-node.mjs PORT PROCESSES FOLDER
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { serveByWorkers } from './workers.mjs'

const [port, processes, folder = ''] = process.argv.slice(2)

await serveByWorkers(Number(processes), async () => {
  const bodies = new Map(readdirSync(folder).map((name) => [`/${name}`, readFileSync(join(folder, name))]))
  const server = createServer((request, response) => {
    const body = bodies.get(request.url ?? '')
    if (!body) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length })
    response.end(body)
  })
  await new Promise((resolve) => server.listen(Number(port), '127.0.0.1', () => resolve(undefined)))
})
