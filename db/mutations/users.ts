import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { passwordLinkIdentifier } from '@/db/queries/access'
import type { SystemScope } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'
import { recordAudit } from './audit'
import { renewPasswordLink } from './password-links'
import { forgetFailures } from './sign-in'

export type PasswordLink =
  | { ok: true; token: string; role: Role; isNew: boolean }
  | { ok: false; reason: 'deactivated' }

/**
 * A one-time link, good for 24 hours, with which a person sets a password; earlier links of theirs die. An address
 * that is not known yet becomes an admin; a known one keeps its role.
 * @param input `email` in lower case
 */
export async function issuePasswordLink(
  db: Db,
  _scope: SystemScope,
  input: { email: string; name: string },
): Promise<PasswordLink> {
  return db.transaction(async (tx) => {
    const [created] = await tx.execute<{ id: number }>(sql`
      insert into users (name, email, role) values (${input.name}, ${input.email}, 'admin')
      on conflict (email) do nothing returning id`)
    const [user] = await tx.execute<{ id: number; role: Role; isActive: boolean }>(sql`
      select id, role, is_active as "isActive" from users where email = ${input.email} for update`)
    if (!user?.isActive) return { ok: false, reason: 'deactivated' }
    const token = await renewPasswordLink(tx, user.id)
    await audit(tx, null, created ? 'user.created' : 'user.password_link_issued', user.id)
    return { ok: true, token, role: user.role, isNew: created !== undefined }
  })
}

/**
 * Uses up a one-time link: sets the person's password, ends all of their sessions and forgets failed sign-ins. Of two
 * who follow the link at once, the first to delete it wins.
 * @returns the address to sign in with
 */
export async function setPasswordByLink(
  db: Db,
  input: { token: string; passwordHash: string },
): Promise<{ ok: true; email: string } | { ok: false; reason: 'link_used' }> {
  return db.transaction(async (tx) => {
    const [link] = await tx.execute<{ userId: number }>(sql`
      delete from verifications
      where identifier = ${passwordLinkIdentifier(input.token)} and expires_at > now()
      returning value::int as "userId"`)
    if (!link) return { ok: false, reason: 'link_used' }
    const [user] = await tx.execute<{ email: string }>(sql`
      select email from users where id = ${link.userId} and is_active for update`)
    if (!user) return { ok: false, reason: 'link_used' }
    await storePassword(tx, link.userId, input.passwordHash)
    await tx.execute(sql`delete from sessions where user_id = ${link.userId}`)
    await forgetFailures(tx, user.email)
    await audit(tx, link.userId, 'user.password_set', link.userId)
    return { ok: true, email: user.email }
  })
}

/** better-auth keeps a password in the person's account of the provider `credential`. The person's row is locked. */
async function storePassword(tx: Db, userId: number, passwordHash: string): Promise<void> {
  const updated = await tx.execute(sql`
    update accounts set password = ${passwordHash}, updated_at = now()
    where user_id = ${userId} and provider_id = 'credential' returning id`)
  if (updated.length > 0) return
  await tx.execute(sql`
    insert into accounts (user_id, account_id, provider_id, password)
    values (${userId}, ${String(userId)}, 'credential', ${passwordHash})`)
}

const audit = (tx: Db, userId: number | null, action: string, subjectId: number): Promise<void> =>
  recordAudit(tx, { userId, restaurantId: null, action, subject: 'user', subjectId: String(subjectId) })
