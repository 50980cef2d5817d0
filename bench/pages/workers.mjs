import cluster from 'node:cluster'
import { once } from 'node:events'

/**
 * Serves by so many processes on one port, and tells a parent once all of them do.
 * @param {number} processes
 * @param {() => Promise<void>} serve what each of them does; resolves when it listens
 */
export async function serveByWorkers(processes, serve) {
  process.on('disconnect', () => process.exit())
  if (!cluster.isPrimary) {
    await serve()
    return
  }
  const workers = Array.from({ length: processes }, () => cluster.fork())
  await Promise.all(workers.map((worker) => once(worker, 'listening')))
  process.send?.({ type: 'ready' })
}
