import { addDays } from '@/domain/business-day'
import type { JobName } from '@/domain/housekeeping'
import { type SystemScope, systemScope } from '@/domain/scope'
import { analyzeChanged } from '../analyze'
import { countLeftOpenTickets } from '../count-left-open'
import { expireEightySixes } from '../expire-eighty-sixes'
import { rollUpFoodCosts } from '../food-costs'
import { closeKitchenDays } from '../kitchen-metrics'
import { pruneInvalidations, pruneRuns } from '../prune'
import { purgeOrders } from '../purge'
import { purgeImportRows } from '../purge-imports'
import { purgeWalls } from '../purge-walls'
import { rollUpRecipes } from '../recipe-figures'
import { reconcile } from '../reconcile'
import { rollUpPopularity, rollUpSales } from '../rollup'
import { raiseForecastAlerts } from '../stock-alerts'
import { rollUpStock } from '../stock-use'
import { sweepPhotos } from '../sweep-photos'
import { sweepSignIns } from '../sweep-sign-ins'
import { counted, type Job, type JobContext, type JobOutcome } from './job'

const scope: SystemScope = systemScope()

/** What each job does. Each may be stopped at any moment and run again, also twice at once. */
export const JOBS: Readonly<Record<JobName, Job>> = {
  'close-days': { run: close },
  popularity: { run: rank },
  'eighty-sixes': {
    async run({ db }) {
      const dishes = await expireEightySixes(db, scope)
      return { rows: dishes, note: `${counted(dishes, 'dish', 'dishes')} back on a menu` }
    },
  },
  'stock-use': { run: rollUpStockUse },
  recipes: {
    async run({ db }) {
      await rollUpRecipes(db, scope)
      return { rows: 0, note: 'the search’s figures are up to date' }
    },
  },
  'purge-orders': { run: purge, canDryRun: true },
  'sign-ins': {
    async run({ db }) {
      const { sessions, links, failures, limits } = await sweepSignIns(db, scope)
      const rows = sessions + links + failures + limits
      return {
        rows,
        note: `${counted(sessions, 'session')}, ${counted(links, 'link')}, ${counted(failures + limits, 'count')} deleted`,
      }
    },
  },
  walls: {
    canDryRun: true,
    async run({ db, dryRun }) {
      const { moves, pairings } = await purgeWalls(db, scope, { dryRun })
      const note = `${counted(moves, 'answer')} to walls, ${counted(pairings, 'pairing code')} ${deleted(dryRun)}`
      return { rows: moves + pairings, note }
    },
  },
  imports: {
    canDryRun: true,
    async run({ db, dryRun }) {
      const rows = await purgeImportRows(db, scope, { dryRun })
      return { rows, note: `${counted(rows, 'row')} of imported files ${deleted(dryRun)}` }
    },
  },
  photos: {
    async run({ db, photoFolder }) {
      if (photoFolder === null) return { rows: 0, note: 'not on this machine' }
      const removed = await sweepPhotos(db, scope, photoFolder)
      return { rows: removed.length, note: `${counted(removed.length, 'file')} removed` }
    },
  },
  invalidations: {
    async run({ db }) {
      const rows = await pruneInvalidations(db, scope)
      return { rows, note: `${counted(rows, 'row')} deleted` }
    },
  },
  reconcile: {
    async run({ db, signal, progress }) {
      const differences = await reconcile(db, scope, { signal, progress })
      const note =
        differences.length === 0
          ? 'all stored figures are what their sources say'
          : `${counted(differences.length, 'figure')} differ${differences.length === 1 ? 's' : ''} from the source`
      return { rows: differences.length, note, differences }
    },
  },
  analyze: {
    async run({ db }) {
      const tables = await analyzeChanged(db, scope)
      return { rows: tables.length, note: tables.length === 0 ? 'no table changed much' : tables.join(', ') }
    },
  },
  runs: {
    async run({ db }) {
      const rows = await pruneRuns(db, scope)
      return { rows, note: `${counted(rows, 'old run')} deleted` }
    },
  },
}

const deleted = (dryRun: boolean): string => (dryRun ? 'would be deleted' : 'deleted')

async function close({ db, now, signal, progress }: JobContext): Promise<JobOutcome> {
  const { closed, recomputed } = await closeKitchenDays(db, scope, { now, signal, progress })
  const leftOpen = await countLeftOpenTickets(db, scope)
  const parts = [
    `${counted(closed, 'day')} closed`,
    ...(recomputed > 0 ? [`${counted(recomputed, 'day')} computed anew`] : []),
    ...(leftOpen > 0 ? [`${counted(leftOpen, 'ticket')} left open on days before`] : []),
  ]
  return { rows: closed + recomputed, note: parts.join(', ') }
}

/** Today counts as well, whichever date that is in the zone of a restaurant. */
async function rank({ db, now }: JobContext): Promise<JobOutcome> {
  const today = now.toISOString().slice(0, 10)
  await rollUpSales(db, scope, { from: addDays(today, -1), to: addDays(today, 1) })
  const { stored, removed } = await rollUpPopularity(db, scope, now)
  return { rows: stored + removed, note: `${counted(stored + removed, 'figure')} changed` }
}

async function rollUpStockUse({ db, now }: JobContext): Promise<JobOutcome> {
  const { restaurants, rows } = await rollUpStock(db, scope, now)
  const costs = await rollUpFoodCosts(db, scope, now)
  const { raised, cleared } = await raiseForecastAlerts(db, scope, now)
  const note = `${counted(restaurants, 'restaurant')} rolled up, ${counted(raised, 'alert')} raised, ${cleared.toLocaleString('en')} cleared`
  return { rows: rows + costs.rows + raised + cleared, note }
}

async function purge(context: JobContext): Promise<JobOutcome> {
  const { db, now, signal, progress, budgetMs, olderThanDays, dryRun } = context
  let longest = 0
  let due = 0
  const purged = await purgeOrders(db, scope, {
    olderThanDays,
    dryRun,
    now,
    signal,
    forMs: budgetMs,
    onBatch({ milliseconds, done, expected }) {
      due = expected
      longest = Math.max(longest, milliseconds)
      progress(done / Math.max(done, expected), `${done.toLocaleString('en')} orders`)
    },
  })
  const rows = purged.reduce((sum, { orders }) => sum + orders, 0)
  const waiting = purged.reduce((sum, { notRolledUp }) => sum + notRolledUp, 0)
  const parts = [
    `${counted(rows, 'order')} ${deleted(dryRun)}`,
    ...(longest > 0 ? [`the longest batch took ${Math.round(longest)} ms`] : []),
    ...(due > rows ? [`${counted(due - rows, 'order')} to follow`] : []),
    ...(waiting > 0 ? [`${counted(waiting, 'order')} of days that are not closed yet`] : []),
  ]
  return { rows, note: parts.join(', ') }
}
