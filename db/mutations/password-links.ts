import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '../client'
import { passwordLinkIdentifier } from '../queries/access'

/**
 * The token of a one-time link, good for 24 hours, with which a person sets a password; earlier links of theirs die. The
 * only time that it is seen: its hash is all that is kept. The person's row is locked.
 */
export async function renewPasswordLink(tx: Db, userId: number): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await endPasswordLinks(tx, userId)
  await tx.execute(sql`
    insert into verifications (identifier, value, expires_at)
    values (${passwordLinkIdentifier(token)}, ${String(userId)}, now() + interval '24 hours')`)
  return token
}

/** Ends the links of a person that were not followed yet. */
export async function endPasswordLinks(tx: Db, userId: number): Promise<void> {
  await tx.execute(sql`
    delete from verifications where value = ${String(userId)} and identifier like 'set-password:%'`)
}
