import type { LedgerEntry } from './ledger'
import type { Migration, Phase } from './parse'
import { Refused } from './refused'

/**
 * `edited`: applied, and changed since. `out_of_order`: not applied, though one after it is. `newer` and `missing`:
 * applied, and no file of this release, which either works on beside what it brought or lacks what it took away.
 */
type FileState = 'applied' | 'pending' | 'edited' | 'out_of_order' | 'newer' | 'missing'
export type FileStatus = { name: string; phase: Phase; state: FileState; appliedAt: Date | null }

/** Every file in order, then what the ledger has beyond them. */
export function compare(migrations: readonly Migration[], ledger: readonly LedgerEntry[]): FileStatus[] {
  const entries = new Map(ledger.map((entry) => [entry.name, entry]))
  const lastApplied = migrations.findLastIndex(({ name }) => entries.has(name))
  const files = migrations.map(({ name, phase, sha256 }, place): FileStatus => {
    const entry = entries.get(name)
    entries.delete(name)
    if (!entry)
      return { name, phase, state: place < lastApplied ? 'out_of_order' : 'pending', appliedAt: null }
    const state = entry.sha256 === sha256 ? 'applied' : 'edited'
    return { name, phase, state, appliedAt: entry.appliedAt }
  })
  const unknown = [...entries.values()].map(({ name, phase, appliedAt }): FileStatus => {
    const leavesUsAlone = phase === 'expand' || phase === 'migrate'
    return { name, phase, state: leavesUsAlone ? 'newer' : 'missing', appliedAt }
  })
  return [...files, ...unknown]
}

/**
 * Why this release may not migrate or serve this database, or null when it may. It may when a newer release has only
 * added to it and moved data, so that whoever goes back to this one can start it.
 */
export function obstacle(files: readonly FileStatus[]): Refused | null {
  const first = (state: FileState) => files.find((file) => file.state === state)?.name
  const missing = first('missing')
  if (missing !== undefined)
    return new Refused(
      'missing',
      `The database has migration ${missing}, which this release does not: a newer release has taken away what this one may use, so run that one.`,
    )
  const newer = first('newer')
  const pending = first('pending')
  if (newer !== undefined && pending !== undefined)
    return new Refused(
      'missing',
      `The database has migration ${newer}, which this release does not, and lacks ${pending}, which it does: run the release that has both.`,
    )
  const edited = first('edited')
  if (edited !== undefined)
    return new Refused(
      'edited',
      `Migration ${edited} was edited after it had been applied: put it back as it was and make a new migration of the change.`,
    )
  const late = first('out_of_order')
  if (late !== undefined)
    return new Refused(
      'out_of_order',
      `Migration ${late} comes before ${files.findLast(({ appliedAt }) => appliedAt)?.name}, which is applied already: generate it again, so that it comes last.`,
    )
  return null
}
