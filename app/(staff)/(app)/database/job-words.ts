import type { JobName } from '@/domain/housekeeping'

type Words = {
  /** What it does. */
  what: string
  /** How often, and what is usual. */
  normal: string
  /** What to do when it failed again and again, or found something. */
  remedy: string
}

const AGAIN = 'the error above says why; once that is mended it goes on by itself, where it stood'

export const JOB_WORDS: Readonly<Record<JobName, Words>> = {
  'close-days': {
    what: 'Close business days',
    normal: 'every 5 min; a day is closed within minutes of its restaurant’s cutoff',
    remedy: `Reports lack the days since, and nothing of them is purged: ${AGAIN}.`,
  },
  popularity: {
    what: 'Count what sells',
    normal: 'hourly',
    remedy: `Menus rank dishes by old figures: ${AGAIN}.`,
  },
  'eighty-sixes': {
    what: 'End 86s whose time is over',
    normal: 'every minute; usually nothing to do',
    remedy: `Kept guest menus may show a dish as sold out for a minute longer: ${AGAIN}.`,
  },
  'stock-use': {
    what: 'Add up the use of stock, raise alerts',
    normal: 'hourly; once a day for each restaurant there is something to add up',
    remedy: `Days left and proposals to buy go by old figures: ${AGAIN}.`,
  },
  recipes: {
    what: 'Bring the recipe search’s figures up to date',
    normal: 'nightly; a second for 50,000 recipes',
    remedy: `Search still works, with corrections from yesterday: ${AGAIN}.`,
  },
  'purge-orders': {
    what: 'Delete orders past their keep',
    normal: 'every 10 min from 03:00 to 06:00 UTC; a day’s orders, in batches of a tenth of a second',
    remedy: `The database grows: ${AGAIN}.`,
  },
  'sign-ins': {
    what: 'Delete sessions and links that ended',
    normal: 'hourly',
    remedy: `They can’t be used any more either way: ${AGAIN}.`,
  },
  walls: {
    what: 'Delete old answers to walls, pairing codes',
    normal: 'hourly',
    remedy: `They do no harm but take room: ${AGAIN}.`,
  },
  imports: {
    what: 'Delete rows of old imports',
    normal: 'nightly; 90 days after the upload',
    remedy: `They take room: ${AGAIN}.`,
  },
  photos: {
    what: 'Remove photos that nothing shows',
    normal: 'nightly',
    remedy: 'Look whether this machine may write into the folder of photos in BRIGADE_DATA.',
  },
  invalidations: {
    what: 'Delete what all caches have heard of',
    normal: 'hourly; a week is kept',
    remedy: `The table grows: ${AGAIN}.`,
  },
  reconcile: {
    what: 'Compare stored figures with their sources',
    normal: 'nightly; nothing differs',
    remedy:
      'Daily figures: npm run rollup -- --from DATE --to DATE computes them anew. On hand: the journal of the ingredient says what moved; a count sets it right. What comes back is a bug.',
  },
  analyze: {
    what: 'Have the planner look at tables that changed',
    normal: 'hourly; a few tables',
    remedy: `Plans go by old statistics until autovacuum looks: ${AGAIN}.`,
  },
  runs: {
    what: 'Forget old runs',
    normal: 'nightly; after 90 days, after two where there was nothing to do',
    remedy: `The list of runs grows: ${AGAIN}.`,
  },
}
