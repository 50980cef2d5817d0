import { postgresCause } from '../client'
import { lineAt, type Migration, type Part } from './parse'
import { Refused } from './refused'

type Report = { message: string; detail?: string; hint?: string; position?: string }

/**
 * The server's refusal in words: file, line, what it said. Null when the error is none of the server's.
 * @param part what was sent, when it was that which failed
 */
export function migrationFailed(migration: Migration, error: unknown, part?: Part): Refused | null {
  if (error instanceof Refused || !postgresCause(error)) return null
  const { message, detail, hint, position } = error as unknown as Report
  const where = part ? ` in line ${lineAt(migration.text, part.start + Number(position ?? 1) - 1)}` : ''
  const why = [message, detail, hint].filter((text) => text !== undefined).join('; ')
  const outcome = migration.work.transactional ? ' and left the database as it was' : ''
  const sentence = `Migration ${migration.name} failed${where}${outcome}: ${why.replace(/\.$/, '')}.`
  return new Refused('failed', sentence, { cause: error })
}
