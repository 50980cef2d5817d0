import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { type Checklist, type ChecklistOptions, drawUpChecklist } from '../../db/migrate/checklist/checklist'
import { QUESTIONS, type Question } from '../../db/migrate/checklist/confirmations'
import { describeChecklist } from '../../db/migrate/checklist/describe'
import { Refused } from '../../db/migrate/refused'
import { connectionProblem } from '../lib/connection'

export type PlanArguments = {
  json: boolean
  /** Nobody is there to be asked: every question is answered with yes. */
  yes: boolean
  by?: string
  copy?: string
  'last-backup'?: string
}

const LOOK = 2
const ALL = Object.keys(QUESTIONS) as Question[]

/**
 * Shows what there is to know before the pending migrations run, and records what people confirm.
 * @returns the exit code: 0 ready, 2 something wants attention, 1 migrating would be refused
 */
export async function plan(url: string, args: PlanArguments): Promise<number> {
  const { json, yes } = args
  const options: ChecklistOptions = {
    copyUrl: args.copy || process.env.COPY_DATABASE_URL || undefined,
    backupCommand: args['last-backup'] || process.env.LAST_BACKUP_COMMAND || undefined,
  }
  const by = args.by || userInfo().username
  try {
    const confirming = yes ? { by: `${by} (--yes)`, questions: ALL } : undefined
    let checklist = await drawUpChecklist(url, { ...options, confirming })
    if (json) {
      console.log(JSON.stringify(checklist, null, 2))
      return checklist.ready ? 0 : LOOK
    }
    console.log(describeChecklist(checklist))
    const confirmed = await askPeople(checklist, args)
    if (confirmed.questions.length > 0) {
      checklist = await drawUpChecklist(url, { ...options, confirming: confirmed })
      console.log(`\n${describeChecklist({ ...checklist, files: [], tables: [] })}`)
    }
    return verdict(checklist)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    console.error(error.reason === 'unreachable' ? connectionProblem(error.cause, url) : error.message)
    return 1
  }
}

/** Asks at the terminal what is not confirmed yet; nothing where there is none. */
async function askPeople(
  { items }: Checklist,
  { yes, by }: PlanArguments,
): Promise<{ by: string; questions: Question[] }> {
  const open = ALL.filter((question) =>
    items.some(({ id, state }) => id === question && state === 'attention'),
  )
  if (yes || open.length === 0 || !process.stdin.isTTY) return { by: '', questions: [] }
  const account = by || userInfo().username
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // Its own `question` loses what was typed ahead, and never ends at Ctrl-C.
  const lines = terminal[Symbol.asyncIterator]()
  const ask = async (question: string): Promise<string> => {
    terminal.setPrompt(question)
    terminal.prompt()
    const { value, done } = await lines.next()
    return done ? '' : value.trim()
  }
  try {
    console.log('')
    const name = (await ask(`Who are you? [${account}] `)) || account
    const questions: Question[] = []
    for (const question of open)
      if (/^y(es)?$/i.test(await ask(`${QUESTIONS[question]} [y/N] `))) questions.push(question)
    return { by: name, questions }
  } finally {
    terminal.close()
  }
}

function verdict({ files, items, ready }: Checklist): number {
  if (files.length === 0) return 0
  const open = items.filter(({ state }) => state === 'attention').length
  console.log(
    ready
      ? '\nReady: `npm run db:migrate` applies them.'
      : `\n${open === 1 ? '1 point wants' : `${open} points want`} a look. \`npm run db:migrate\` applies them all the same.`,
  )
  return ready ? 0 : LOOK
}
