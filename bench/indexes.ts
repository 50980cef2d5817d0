import type { Session } from '@/db/client'
import { CANDIDATE, createStatement, measureRead, type Read } from './indexing/candidate-cost'
import { type Candidate, COURSE, OURS } from './indexing/candidates'
import { type IndexedTable, listIndexes } from './indexing/catalog'
import { indexDatabase } from './indexing/database'
import {
  AS_IT_IS,
  candidateSection,
  type MeasuredCandidate,
  type MeasuredTable,
  tableSection,
} from './indexing/document'
import { REASONS } from './indexing/reasons'
import { TYPICAL_UPDATES } from './indexing/updates'
import { measureWrites, type WriteCost } from './indexing/write-cost'
import { circumstances, writeSection } from './lib/report'

const DOCUMENT = 'docs/indexing.md'

/** Measures every index that there is and every one that was proposed, and writes both into the document on indexes. */
export async function benchIndexes(databaseUrl: string): Promise<void> {
  const { url, session, drop } = await indexDatabase(databaseUrl)
  try {
    const tables = await listIndexes(session)
    explainAll(tables)
    const candidates = [...COURSE, ...OURS]
    // Before any table is changed for measuring what writes cost.
    const reads: Read[] = []
    for (const candidate of candidates) reads.push(await measureRead(url, session, candidate))
    const costs = new Map<string, Map<string, WriteCost>>()
    for (const table of tables) costs.set(table.name, await measureTable(session, table, candidates))
    const proposed = (list: readonly Candidate[]): MeasuredCandidate[] =>
      list.flatMap((candidate) => {
        const read = reads[candidates.indexOf(candidate)]
        const ofTable = costs.get(candidate.table)
        const [without, having] = [ofTable?.get(AS_IT_IS), ofTable?.get(candidate.label)]
        return read ? [{ candidate, read, without, with: having }] : []
      })
    const ran = `${await circumstances(session)}, ${await settingsOf(session)}.`
    await write('indexes', `${ran}\n\n${tables.map((table) => section(table, costs)).join('\n\n')}`)
    await write('course-indexes', candidateSection(proposed(COURSE)))
    await write('other-indexes', candidateSection(proposed(OURS)))
  } finally {
    await drop()
  }
}

async function write(name: string, text: string): Promise<void> {
  console.log(text)
  await writeSection(name, text, DOCUMENT)
}

function section(table: IndexedTable, costs: ReadonlyMap<string, Map<string, WriteCost>>): string {
  const measured: MeasuredTable = {
    table,
    update: TYPICAL_UPDATES[table.name],
    costs: costs.get(table.name) ?? new Map(),
  }
  return tableSection(measured, new Map(Object.entries(REASONS)))
}

async function measureTable(
  session: Session,
  table: IndexedTable,
  candidates: readonly Candidate[],
): Promise<Map<string, WriteCost>> {
  console.log(`Writing to ${table.name}`)
  return measureWrites(session, table, TYPICAL_UPDATES[table.name], [
    { name: AS_IT_IS, change: null },
    ...table.indexes.map(({ name, drop }) => ({ name, change: drop })),
    ...candidates
      .filter((candidate) => candidate.table === table.name)
      .map((candidate) => ({ name: candidate.label, change: createStatement(candidate), brief: true })),
  ])
}

/** Before the minutes of measuring: an index that nobody can explain, or a sentence about one that is gone. */
function explainAll(tables: readonly IndexedTable[]): void {
  const names = tables.flatMap(({ indexes }) => indexes.map(({ name }) => name))
  const wanting = names.filter((name) => !Object.hasOwn(REASONS, name))
  const gone = Object.keys(REASONS).filter((name) => !names.includes(name))
  if (wanting.length + gone.length > 0)
    throw new Error(
      `bench/indexing/reasons.ts lacks ${wanting.join(', ') || 'nothing'}, and has ${gone.join(', ') || 'nothing'} too many.`,
    )
  if (names.includes(CANDIDATE))
    throw new Error(`An index is called "${CANDIDATE}", as the proposed ones are.`)
}

async function settingsOf(session: Session): Promise<string> {
  const names = ['full_page_writes', 'wal_level', 'shared_buffers']
  const settings = []
  for (const name of names) {
    const [row] = await session.query<{ value: string }>('select current_setting($1) as value', [name])
    settings.push(`${name} ${row?.value}`)
  }
  return settings.join(', ')
}
