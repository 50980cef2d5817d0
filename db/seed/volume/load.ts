import { rollUpSeed } from '../figures'
import { type Loaded, loadSeed, type Report, runSql, type Step } from '../loader'
import { addPeople } from '../people'

export type VolumeOptions = {
  /** Share of the volume set in orders and recipes: 1 is 200,000 and 50,000. The other tables keep their size. */
  scale: number
  report?: Report
  now?: Date
}

/**
 * Fills an empty database with the volume set: a chain of 20 restaurants for benchmarks and plan tests. The same moment
 * and scale make the same rows.
 */
export async function loadVolume(
  url: string,
  { scale, report = () => {}, now = new Date() }: VolumeOptions,
): Promise<Loaded> {
  return loadSeed(url, { steps: steps(now), now, scale, report })
}

const steps = (now: Date): readonly Step[] => [
  { title: 'chain', run: (tx) => runSql(tx, 'volume/chain.sql') },
  { title: 'ingredients', run: (tx) => runSql(tx, 'volume/ingredients.sql') },
  { title: 'recipes', run: (tx) => runSql(tx, 'volume/recipes.sql') },
  { title: 'methods', run: (tx) => runSql(tx, 'volume/methods.sql') },
  { title: 'menu', run: (tx) => runSql(tx, 'volume/menu.sql') },
  { title: 'tickets', run: (tx) => runSql(tx, 'volume/tickets.sql') },
  { title: 'orders', run: (tx) => runSql(tx, 'volume/orders.sql') },
  { title: 'order events', run: (tx) => runSql(tx, 'events.sql') },
  // Before the levels, which then know what is on order as they are written.
  { title: 'purchasing', run: (tx) => runSql(tx, 'volume/purchasing.sql') },
  { title: 'stock', run: (tx) => runSql(tx, 'volume/stock.sql') },
  { title: 'counts', run: (tx) => runSql(tx, 'counts.sql') },
  { title: 'figures', run: (tx) => rollUpSeed(tx, now) },
  { title: 'sequences', run: (tx) => runSql(tx, 'volume/sequences.sql') },
  // The demo's people, the manager with a third restaurant.
  { title: 'people', run: (tx) => addPeople(tx, { 'manager@brigade.example': ['new-york'] }) },
]
