import type { Facts } from './checklist'
import { QUESTIONS, type Question } from './confirmations'
import { bytes, duration, hour } from './units'

/** `attention`: look at it before you migrate. `unknown`: nothing could be found out. */
export type Item = { id: string; title: string; state: 'ok' | 'attention' | 'unknown'; text: string }

/** A transaction that is open for longer holds up whoever needs its locks, and every concurrent index build. */
const LONG_TRANSACTION_S = 10
/** So much of the room must be left over. */
const SPARE = 1.2

/** The points to go through, in the order in which one would ask. */
export function itemsOf(facts: Facts): Item[] {
  if (facts.files.length === 0)
    return [{ id: 'files', title: 'Files', state: 'ok', text: 'Nothing is pending.' }]
  return [
    files(facts),
    locks(facts),
    transactions(facts),
    indexes(facts),
    disk(facts),
    backup(facts),
    tested(facts),
    asked(facts, 'alarms', 'Alarms'),
    asked(facts, 'told', 'Team'),
    quietHour(facts),
    rollback(facts),
  ]
}

function files({ files, copy }: Facts): Item {
  const estimates = files.flatMap(({ steps }) => steps.map(({ estimate }) => estimate.seconds))
  const seconds = estimates.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  const open = estimates.filter((each) => each === null).length
  const onCopy =
    copy?.length === files.length ? copy.reduce((sum, run) => sum + run.milliseconds, 0) / 1000 : null
  const how = onCopy === null ? duration(seconds) : `${duration(onCopy)} on the copy`
  const rest = open > 0 && onCopy === null ? `, and ${open} steps that can't be foretold` : ''
  return { id: 'files', title: 'Files', state: 'ok', text: `${files.length} pending: ${how}${rest}.` }
}

function locks({ files }: Facts): Item {
  const long = files.flatMap(({ name, mode, steps }) =>
    steps.flatMap(({ line, locks, estimate }) =>
      locks
        .filter(
          ({ work, writesWait }) =>
            work !== 'none' && (writesWait || (work === 'rows' && mode !== 'batches')),
        )
        .map(({ table, lock, readsWait }) => {
          const who = readsWait ? 'reads and writes' : 'writes'
          const howLong = estimate.seconds === null ? 'as long as it takes' : duration(estimate.seconds)
          return `${name} line ${line} keeps ${who} of ${table} waiting for ${howLong} (${lock})`
        }),
    ),
  )
  const text = long.length === 0 ? 'Nobody waits for longer than a moment.' : `${long.join('; ')}.`
  return { id: 'locks', title: 'Locks', state: long.length === 0 ? 'ok' : 'attention', text }
}

function transactions({ server }: Facts): Item {
  const long = server.transactions.filter(({ seconds }) => seconds >= LONG_TRANSACTION_S)
  if (long.length === 0)
    return {
      id: 'transactions',
      title: 'Transactions',
      state: 'ok',
      text: `None is open for ${LONG_TRANSACTION_S} s.`,
    }
  const each = long.map(
    ({ pid, name, state, seconds, query }) =>
      `server process ${pid} (${name}, ${state}) for ${duration(seconds)}: ${query}`,
  )
  return { id: 'transactions', title: 'Transactions', state: 'attention', text: `Open ${each.join('; ')}.` }
}

function indexes({ server, files }: Facts): Item {
  const rebuilt = new Set(files.flatMap(({ steps }) => steps.flatMap(({ index }) => index?.name ?? [])))
  const bare = (name: string) => (name.split('.').at(-1) ?? name).replace(/^"(.*)"$/, '$1')
  const left = server.invalidIndexes.filter(({ index }) => !rebuilt.has(bare(index)))
  const text =
    left.length === 0
      ? 'None is invalid.'
      : `Invalid: ${left.map(({ index, table }) => `${index} of ${table}`).join(', ')}. REINDEX INDEX CONCURRENTLY repairs one, DROP INDEX CONCURRENTLY clears it away.`
  return { id: 'indexes', title: 'Indexes', state: left.length === 0 ? 'ok' : 'attention', text }
}

function disk({ files, server }: Facts): Item {
  const needs = files.flatMap(({ steps }) =>
    steps.flatMap(({ index, locks, estimate }) =>
      estimate.bytes ? [{ what: index?.name ?? `${locks[0]?.table} anew`, bytes: estimate.bytes }] : [],
    ),
  )
  const needed = needs.reduce((sum, need) => sum + need.bytes, 0)
  const list = needs.map(({ what, bytes: size }) => `${what} ${bytes(size)}`).join(', ')
  const text = needed === 0 ? 'No new files to speak of' : `About ${bytes(needed)} more (${list})`
  if (server.freeBytes === null)
    return {
      id: 'disk',
      title: 'Disk',
      state: 'unknown',
      text: `${text}; what is free there can't be seen from here.`,
    }
  const enough = server.freeBytes > needed * SPARE
  return {
    id: 'disk',
    title: 'Disk',
    state: enough ? 'ok' : 'attention',
    text: `${text}; ${bytes(server.freeBytes)} are free.`,
  }
}

function backup({ backup, server }: Facts): Item {
  if (backup)
    return { id: 'backup', title: 'Backup', state: backup.ok ? 'ok' : 'attention', text: backup.said }
  const archived = server.lastArchivedAt
  const text = archived
    ? `The server archived its log last at ${archived.toISOString().slice(0, 16)}Z; name a command that knows more (--last-backup).`
    : 'Name a command that prints when the last one was made (--last-backup, or LAST_BACKUP_COMMAND).'
  return { id: 'backup', title: 'Backup', state: 'unknown', text }
}

function tested(facts: Facts): Item {
  const { copy, files } = facts
  if (!copy) return asked(facts, 'tested', 'Tried')
  const missing = files.filter(({ name }) => !copy.some((run) => run.name === name))
  const last = copy.at(-1)
  if (missing.length > 0 || !last)
    return {
      id: 'tested',
      title: 'Tried',
      state: 'attention',
      text: `The copy has not run ${missing.map(({ name }) => name).join(', ')} as it is now.`,
    }
  const slowest = copy.reduce((a, b) => (b.milliseconds > a.milliseconds ? b : a))
  return {
    id: 'tested',
    title: 'Tried',
    state: 'ok',
    text: `All of them ran on the copy, the last at ${last.at.toISOString().slice(0, 16)}Z; the slowest was ${slowest.name} with ${duration(slowest.milliseconds / 1000)}.`,
  }
}

function asked({ confirmations }: Facts, question: Question, title: string): Item {
  const answer = confirmations.find((each) => each.question === question)
  if (!answer) return { id: question, title, state: 'attention', text: QUESTIONS[question] }
  return {
    id: question,
    title,
    state: 'ok',
    text: `Yes, said ${answer.by} at ${answer.at.toISOString().slice(0, 16)}Z.`,
  }
}

function quietHour({ quiet, at }: Facts): Item {
  const head = { id: 'quiet', title: 'Hour' }
  if (!quiet)
    return {
      ...head,
      state: 'unknown',
      text: 'There are no daily figures of the last four weeks to tell by.',
    }
  const { now, average, next, busiest, isQuiet } = quiet
  const text = `${Math.round(now)} orders in the hour from ${hour(at)}, of ${Math.round(average)} on average and ${Math.round(busiest)} in the busiest (four weeks)`
  if (isQuiet) return { ...head, state: 'ok', text: `Quiet: ${text}.` }
  return {
    ...head,
    state: 'attention',
    text: `Not quiet: ${text}. The quietest of the next 24 begins at ${hour(next.from)}, with ${Math.round(next.orders)}. A file that the checks let pass may run at any hour.`,
  }
}

function rollback({ files }: Facts): Item {
  const gone = files.flatMap(({ name, steps }) =>
    steps.flatMap(({ takesAway }) => (takesAway ? [`${name} takes away ${takesAway}`] : [])),
  )
  const text =
    gone.length === 0
      ? 'Run the release before again: what these files add does not disturb it. To take it away as well: npm run db:migrate -- --back-to, with the name of the last one applied now.'
      : `${gone.join('; ')}: after it the release before does not run any more, and back means restoring the backup, losing what was written since.`
  return { id: 'rollback', title: 'Way back', state: gone.length === 0 ? 'ok' : 'attention', text }
}
