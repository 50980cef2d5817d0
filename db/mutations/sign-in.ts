import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'

const MOST_FAILURES = 5

export type SignInAttempt = { ok: true } | { ok: false; reason: 'too_many_failures'; until: Date }

/**
 * Takes one of an account's five tries in 15 minutes, before its password is looked at: were failures counted only
 * after, a hundred guesses at once would all find the counter at zero. One statement settles it, and an address
 * without an account is counted the same way. A try that succeeds gives all of them back with `forgetFailures`.
 * @param email in lower case
 */
export async function takeSignInAttempt(db: Db, email: string): Promise<SignInAttempt> {
  const [row] = await db.execute<{ failures: number; until: string }>(sql`
    insert into sign_in_failures as f (email, failures, window_started_at)
    values (${email}, 1, now())
    on conflict (email) do update set
      failures = case when f.window_started_at <= now() - interval '15 minutes' then 1
        else least(f.failures + 1, ${MOST_FAILURES + 1}) end,
      window_started_at = case when f.window_started_at <= now() - interval '15 minutes' then now()
        else f.window_started_at end
    returning failures, to_json(window_started_at + interval '15 minutes') as until`)
  if (!row) throw new Error('The sign-in counter returned no row.')
  if (row.failures <= MOST_FAILURES) return { ok: true }
  return { ok: false, reason: 'too_many_failures', until: new Date(row.until) }
}

/** Gives back a try whose password was never looked at. */
export async function giveBackSignInAttempt(db: Db, email: string): Promise<void> {
  await db.execute(
    sql`update sign_in_failures set failures = failures - 1 where email = ${email} and failures > 0`,
  )
}

/** Starts an account's count anew: somebody knew the password, or set one. */
export async function forgetFailures(db: Db, email: string): Promise<void> {
  await db.execute(sql`delete from sign_in_failures where email = ${email}`)
}
