// Loaded into a web process before anything else: says how much memory it has to whoever connects to its socket, after
// what is not needed any more was collected.
import { createServer } from 'node:net'
import { join } from 'node:path'

const folder = process.env.MEMORY_FOLDER
if (folder) {
  createServer((socket) => {
    globalThis.gc?.()
    socket.end(JSON.stringify(process.memoryUsage()))
  })
    .listen(join(folder, `${process.pid}.sock`))
    .unref()
}
