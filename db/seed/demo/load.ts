import { rollUpSeed } from '../figures'
import { type Loaded, loadSeed, type Report, runSql, type Step } from '../loader'
import { addPeople } from '../people'
import { handOverContent } from './content'

/**
 * Fills an empty database with the demo chain: four restaurants, their menu, recipes, stock and six weeks of orders, up
 * to the tickets that are open now. Does nothing where there are restaurants already.
 */
export async function loadDemo(
  url: string,
  report: Report = () => {},
  now: Date = new Date(),
): Promise<Loaded> {
  return loadSeed(url, { steps: steps(now), now, scale: 1, report })
}

const steps = (now: Date): readonly Step[] => [
  { title: 'content', run: handOverContent },
  { title: 'chain', run: (tx) => runSql(tx, 'demo/tables.sql') },
  { title: 'people', run: (tx) => addPeople(tx) },
  { title: 'tickets', run: (tx) => runSql(tx, 'demo/tickets.sql') },
  { title: 'meals', run: (tx) => runSql(tx, 'demo/meals.sql') },
  { title: 'orders', run: (tx) => runSql(tx, 'demo/orders.sql') },
  { title: 'ticks', run: (tx) => runSql(tx, 'demo/ticks.sql') },
  { title: 'order events', run: (tx) => runSql(tx, 'events.sql') },
  { title: 'stock', run: (tx) => runSql(tx, 'demo/stock.sql') },
  { title: 'counts', run: (tx) => runSql(tx, 'counts.sql') },
  { title: 'waste', run: (tx) => runSql(tx, 'demo/waste.sql') },
  { title: 'purchasing', run: (tx) => runSql(tx, 'demo/purchasing.sql') },
  { title: 'figures', run: (tx) => rollUpSeed(tx, now) },
]
