/** How long a batch should take: long enough to be worth its commit, short enough that nobody waits for its rows. */
const TARGET_MS = 200

export const FIRST_BATCH = 500
const SMALLEST_BATCH = 10
/** One batch is one transaction, and what it wrote is what a crash repeats and a replica takes at once. */
const LARGEST_BATCH = 50_000

/**
 * How many rows the next batch takes, after one of `size` rows took `milliseconds`: so many that it would take 200 ms,
 * yet at most twice as many and at least half as many, since a single batch may have met a checkpoint or a full cache.
 */
export function nextBatchSize(size: number, milliseconds: number): number {
  const factor = Math.min(2, Math.max(0.5, TARGET_MS / Math.max(1, milliseconds)))
  return Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.round(size * factor)))
}
