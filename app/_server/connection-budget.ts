import cluster from 'node:cluster'
import { getConnectionLimits } from '@/db/queries/health'
import { budgetInWords, connectionBudget } from '@/domain/connection-budget'
import { systemScope } from '@/domain/scope'
import { database } from './database'
import { environment } from './environment'

/**
 * Says at the start, once a machine, whether PostgreSQL has a connection for every permit of every web process. Behind a
 * pooler it is the pooler's to share them out; a database that is away now is no reason not to start.
 */
export async function sayConnectionBudget(): Promise<void> {
  const { WEB_CONCURRENCY, POOL_MAX, DATABASE_URL, DATABASE_DIRECT_URL } = environment()
  const isPooled = DATABASE_DIRECT_URL !== undefined && DATABASE_DIRECT_URL !== DATABASE_URL
  if (isPooled || (cluster.worker && cluster.worker.id !== 1)) return
  const limits = await getConnectionLimits(database(), systemScope()).catch(() => null)
  if (!limits) return
  const processes = cluster.isWorker ? WEB_CONCURRENCY : 1
  const budget = connectionBudget({ processes, poolMax: POOL_MAX, ...limits })
  const sentence = budgetInWords(budget, processes)
  if (budget.fits) console.info(sentence)
  else console.warn(sentence)
}
