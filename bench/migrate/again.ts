import type { Migration } from '@/db/migrate/parse'
import type { File } from './folder'

type Introduced = {
  name: string
  kind: 'table' | 'column' | 'function' | 'configuration' | 'other'
  table?: string
}

const SECOND = '_2'
/** The first tables have names of their own, so that the files after them go on working on the real ones. */
const FIRST = '_0'
const NOTHING = '-- transactional\n'
const NAME = String.raw`"?(\w+)"?`

/**
 * The files up to the first release, which no release before served under: the same statements again, on the same tables,
 * with another name for whatever they add. So they take the same locks for as long, and no program notices.
 */
export function againFiles(files: readonly Migration[]): File[] {
  const known: Introduced[] = []
  return files.map((migration, at) => {
    const makesTables = at < 2
    const introduced = introducedBy(migration.text)
    const names = [...known.filter((earlier) => concerns(earlier, migration.text)), ...introduced]
    const renamed = withNames(migration.text, names, makesTables ? FIRST : SECOND)
    if (!makesTables) known.push(...introduced)
    const dropped = /DROP INDEX CONCURRENTLY IF EXISTS "(\w+)"/.exec(renamed)?.[1]
    return {
      name: `again_${migration.name}`,
      isAgain: true,
      ...(dropped ? droppedAgain(files, renamed, dropped, known) : { text: renamed, before: null }),
      reverse: dropped
        ? NOTHING
        : migration.work.transactional
          ? reverseOf(introduced, makesTables ? FIRST : SECOND)
          : null,
    }
  })
}

/** What a file adds, by name; not what it only replaces. */
function introducedBy(text: string): Introduced[] {
  const all = (pattern: string) => [...text.matchAll(new RegExp(pattern, 'g'))]
  const columns = [...text.matchAll(/ALTER TABLE "?(\w+)"? ADD COLUMN "?(\w+)"?/g)].map(
    ([, table = '', name = '']): Introduced => ({ name, kind: 'column', table }),
  )
  const named = (kind: Introduced['kind'], pattern: string) =>
    all(pattern).map(([, name = '']): Introduced => ({ name, kind }))
  const others = [
    ...named('table', `CREATE (?:UNLOGGED )?TABLE ${NAME}`),
    ...named('function', `CREATE FUNCTION ${NAME}`),
    ...named('configuration', `CREATE TEXT SEARCH CONFIGURATION ${NAME}`),
    ...named('other', `CONSTRAINT ${NAME} (?:CHECK|PRIMARY|UNIQUE|FOREIGN)`),
    ...named('other', `CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?${NAME}`),
    ...named('other', `CREATE (?:CONSTRAINT )?TRIGGER ${NAME}`),
    ...named('other', `sequence name ${NAME}`),
  ].filter(({ name }) => !text.includes(`DROP CONSTRAINT "${name}"`))
  return [...columns, ...others]
}

/** A column only where its table is spoken of, since others may have one of the same name. */
const concerns = ({ kind, table = '' }: Introduced, text: string): boolean =>
  kind !== 'column' || new RegExp(`\\b${table}\\b`).test(text)

function withNames(text: string, introduced: readonly Introduced[], suffix: string): string {
  const names = [...new Set(introduced.map(({ name }) => name))]
  if (names.length === 0) return text
  return text.replaceAll(new RegExp(`(?<![\\w$])(${names.join('|')})(?![\\w$])`, 'g'), `$1${suffix}`)
}

/** An index that is dropped must be there: under the second name, as the file that made it says. */
function droppedAgain(
  files: readonly Migration[],
  text: string,
  dropped: string,
  known: readonly Introduced[],
): Pick<File, 'text' | 'before'> {
  if (known.some(({ name }) => `${name}${SECOND}` === dropped)) return { text, before: null }
  const made = files
    .map((file) => new RegExp(`CREATE (?:UNIQUE )?INDEX "${dropped}" (ON [^;]+);`).exec(file.text)?.[1])
    .find(Boolean)
  if (!made) throw new Error(`No file makes the index ${dropped}.`)
  return {
    text: text.replaceAll(`"${dropped}"`, `"${dropped}${SECOND}"`),
    before: `CREATE INDEX CONCURRENTLY IF NOT EXISTS "${dropped}${SECOND}" ${made}`,
  }
}

/** Triggers go with their functions, constraints and indexes with their tables and columns. */
function reverseOf(introduced: readonly Introduced[], suffix: string): string {
  const statements = introduced.flatMap(({ kind, name, table }) => {
    if (kind === 'table') return [`DROP TABLE "${name}${suffix}" CASCADE;`]
    if (kind === 'function') return [`DROP FUNCTION "${name}${suffix}" CASCADE;`]
    if (kind === 'configuration') return [`DROP TEXT SEARCH CONFIGURATION "${name}${suffix}" CASCADE;`]
    if (kind === 'column') return [`ALTER TABLE "${table}" DROP COLUMN "${name}${suffix}";`]
    return []
  })
  return ['-- transactional', ...statements.toReversed(), ''].join('\n')
}
