import type { Excuse } from './excuses'

/**
 * For files that were merged before the checks were: they can't be edited any more, since their checksum is recorded.
 * Files that come now say their excuses themselves.
 */
export const MERGED_EXCUSES: readonly Excuse[] = [
  [
    '0002_order_totals',
    'trigger-on-hot-table',
    'no check constraint can compare an order with its lines; installations of that time had no orders yet',
  ],
  [
    '0004_recipe_search',
    'adding-field-with-default',
    'a second for 50,000 recipes, in a recipe book that no kitchen reads from; a batched backfill did not exist yet',
  ],
  [
    '0004_recipe_search',
    'trigger-on-hot-table',
    'the tallies are derived like an index: no writer, an import included, may forget them',
  ],
  [
    '0004_recipe_search',
    'schema-and-data',
    'the first tallies must be counted in the transaction that begins to keep them, or a recipe in between is lost',
  ],
  [
    '0021_menu_overrides_portions',
    'constraint-missing-not-valid',
    'overrides are a few thousand rows, which are read in milliseconds',
  ],
  [
    '0021_menu_overrides_portions',
    'work-under-lock',
    'overrides are a few thousand rows, which are read in milliseconds',
  ],
  [
    '0022_orders_unacknowledged',
    'several-hot-tables',
    'three columns that are added in an instant; the runner lets go and tries again where it waits for longer than 200 ms',
  ],
  [
    '0036_change_sets',
    'tenant-key',
    'a slug is the address of a page, so it is unique over the whole chain; the row says whose it was',
  ],
].map(([file = '', rule = '', reason = '']) => ({ file, line: 1, rule, reason }))
