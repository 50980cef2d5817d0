import { createHash } from 'node:crypto'
import { postgresCause, type Session } from '../../client'
import type { Migration } from '../parse'

/** What only people know. */
export const QUESTIONS = {
  tested: 'Were these migrations run on a copy of this database?',
  alarms: 'Are the alarms on, and does somebody see them?',
  told: "Do the team and the restaurants' managers know?",
} as const
export type Question = keyof typeof QUESTIONS
export type Confirmation = { question: Question; by: string; at: Date }

const UNDEFINED_TABLE = '42P01'
const TABLE = `
  create schema if not exists brigade_migrations;
  create table if not exists brigade_migrations.confirmations (
    -- Of the files that it was said of: other files, other answers.
    files_sha256 text not null,
    question text not null,
    confirmed_by text not null,
    confirmed_at timestamptz not null default now(),
    primary key (files_sha256, question)
  )`

/** Which files an answer is about: their names and contents. */
function filesKey(pending: readonly Migration[]): string {
  return createHash('sha256')
    .update(pending.map(({ name, sha256 }) => `${name} ${sha256}`).join('\n'))
    .digest('hex')
}

/** What has been confirmed of these files. */
export async function readConfirmations(
  session: Pick<Session, 'query'>,
  pending: readonly Migration[],
): Promise<Confirmation[]> {
  try {
    return await session.query<Confirmation>(
      `select question, confirmed_by as by, confirmed_at as at
       from brigade_migrations.confirmations where files_sha256 = $1 order by confirmed_at`,
      [filesKey(pending)],
    )
  } catch (error) {
    if (postgresCause(error)?.code !== UNDEFINED_TABLE) throw error
    return []
  }
}

/** Records a yes, with who said it; said again it keeps the first. */
export async function confirm(
  session: Pick<Session, 'query'>,
  pending: readonly Migration[],
  question: Question,
  by: string,
): Promise<void> {
  await session.query(TABLE)
  await session.query(
    `insert into brigade_migrations.confirmations (files_sha256, question, confirmed_by)
     values ($1, $2, $3) on conflict do nothing`,
    [filesKey(pending), question, by],
  )
}
