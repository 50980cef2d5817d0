import { loadSeed, type Report, sqlStep } from '../loader'
import { addPeople } from '../people'

export type VolumeOptions = {
  /** Share of the volume set in orders and recipes: 1 is 200,000 and 50,000. The other tables keep their size. */
  scale: number
  report?: Report
  now?: Date
}

const STEPS = [
  sqlStep('chain', 'volume/chain.sql'),
  sqlStep('ingredients', 'volume/ingredients.sql'),
  sqlStep('recipes', 'volume/recipes.sql'),
  sqlStep('menu', 'volume/menu.sql'),
  sqlStep('orders', 'volume/orders.sql'),
  sqlStep('order events', 'volume/events.sql'),
  sqlStep('stock', 'volume/stock.sql'),
  sqlStep('figures', 'volume/figures.sql'),
  sqlStep('sequences', 'volume/sequences.sql'),
  { title: 'people', run: addManyPeople },
]

/**
 * Fills an empty database with the volume set: a chain of 20 restaurants for benchmarks and plan tests. The same moment
 * and scale make the same rows. `loaded` is false, and nothing changed, when there are restaurants already.
 */
export async function loadVolume(
  url: string,
  { scale, report = () => {}, now = new Date() }: VolumeOptions,
): Promise<{ loaded: boolean }> {
  return { loaded: await loadSeed(url, STEPS, { now, scale, report, trusted: true }) }
}

/** The demo's people, the manager with a third restaurant. */
async function addManyPeople(session: Parameters<typeof addPeople>[0]): Promise<void> {
  await addPeople(session, { 'manager@brigade.example': ['new-york'] })
}
