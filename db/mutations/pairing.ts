import { randomBytes, randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { PAIRING_CODE_LENGTH, PAIRING_LETTERS, PAIRING_MINUTES } from '@/domain/pairing'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { hashDeviceSecret } from '../queries/access'
import { recordAudit } from './audit'
import { lockDeviceNames } from './device-names'

/** Far more than a chain sets up at once: nobody can fill the table, and guessing one of them stays hopeless. */
const MOST_WAITING = 1000
/** Wrong codes that one person may try in `PAIRING_MINUTES`. With a thousand waiting, they hit one in 2.5 million times. */
const MOST_TRIES = 10

const lifetime = sql`make_interval(mins => ${PAIRING_MINUTES}::int)`

export type StartedPairing =
  /** `secret` is the screen's own and becomes the device's: only its hash is kept. */
  { ok: true; secret: string; code: string } | { ok: false; reason: 'too_many_waiting' }

/**
 * A new code for a screen that nobody knows yet, good for ten minutes and one approval. Needs no scope: anybody may ask
 * for one, and it opens nothing until somebody approves it. Removes codes that ran out, so that the table stays small.
 */
export async function startPairing(db: Db): Promise<StartedPairing> {
  const secret = randomBytes(32).toString('base64url')
  // A code that another screen shows already is simply drawn again.
  for (let draw = 0; draw < 5; draw++) {
    const code = drawCode()
    const [row] = await db.execute<{ waiting: number; made: boolean }>(sql`
      with over as (
        delete from device_pairings where secret_hash in (
          select secret_hash from device_pairings where expires_at <= now() limit 100 for update skip locked
        )
      ), counted as (
        select count(*)::int as waiting from device_pairings where expires_at > now()
      ), made as (
        insert into device_pairings (secret_hash, code, expires_at)
        select ${hashDeviceSecret(secret)}, ${code}, now() + ${lifetime} from counted where waiting < ${MOST_WAITING}
        on conflict (code) do nothing returning code
      )
      select waiting, exists (select from made) as made from counted`)
    if (row?.made) return { ok: true, secret, code }
    if (row && row.waiting >= MOST_WAITING) return { ok: false, reason: 'too_many_waiting' }
  }
  throw new Error('Five codes in a row were taken.')
}

const drawCode = () =>
  Array.from({ length: PAIRING_CODE_LENGTH }, () => PAIRING_LETTERS[randomInt(PAIRING_LETTERS.length)]).join(
    '',
  )

export type ApprovedPairing =
  | { ok: true; deviceId: number }
  /** No screen shows this code, or not any more. */
  | { ok: false; reason: 'unknown_code' }
  | { ok: false; reason: 'already_approved' }
  /** Another screen of this restaurant has this name. */
  | { ok: false; reason: 'name_taken' }
  /** Too many wrong codes by this person: `seconds` until the next may be tried. */
  | { ok: false; reason: 'too_many_tries'; seconds: number }

/**
 * Makes the screen that shows a code a device of this restaurant. Of two who approve the same code at once one wins, for
 * the code's row is locked before it is used up. The screen has ten more minutes to fetch what it became.
 */
export async function approvePairing(
  db: Db,
  scope: RestaurantScope<'devices:manage'>,
  { code, name }: { code: string; name: string },
): Promise<ApprovedPairing> {
  const { userId } = scope.actor
  if (userId === null) throw new Error('Only a person approves a screen.')
  const wait = await takeTry(db, userId)
  if (wait > 0) return { ok: false, reason: 'too_many_tries', seconds: wait }
  const approved = await db.transaction((tx) => useUpCode(tx, scope, userId, code, name))
  // One, not all: else a code of one's own would buy ten more guesses.
  if (approved.ok || approved.reason === 'name_taken') await giveTryBack(db, userId)
  return approved
}

async function useUpCode(
  tx: Db,
  scope: RestaurantScope<'devices:manage'>,
  userId: number,
  code: string,
  name: string,
): Promise<ApprovedPairing> {
  const { id: restaurantId } = scope.restaurant
  if ((await lockDeviceNames(tx, restaurantId)).has(name)) return { ok: false, reason: 'name_taken' }
  const [pairing] = await tx.execute<{ secretHash: string; used: boolean }>(sql`
    select secret_hash as "secretHash", device_id is not null as used from device_pairings
    where code = ${code} and expires_at > now() for update`)
  if (!pairing) return { ok: false, reason: 'unknown_code' }
  if (pairing.used) return { ok: false, reason: 'already_approved' }
  const [device] = await tx.execute<{ id: number }>(sql`
    with device as (
      insert into devices (restaurant_id, name, secret_hash, approved_by)
      values (${restaurantId}, ${name}, ${pairing.secretHash}, ${userId})
      returning restaurant_id, id
    )
    update device_pairings p
    set restaurant_id = device.restaurant_id, device_id = device.id, expires_at = now() + ${lifetime}
    from device where p.secret_hash = ${pairing.secretHash}
    returning device.id`)
  if (!device) throw new Error('The locked code is gone.')
  await recordAudit(tx, {
    userId,
    restaurantId,
    action: 'device.approved',
    subject: 'device',
    subjectId: String(device.id),
    after: { name },
  })
  return { ok: true, deviceId: device.id }
}

const triesOf = (userId: number) => `pairing:${userId}`

/**
 * Takes one of a person's tries before the code is looked at: were wrong codes counted only after, a thousand at once
 * would all find the counter at zero. Returns the seconds to wait where none is left, else 0.
 */
async function takeTry(db: Db, userId: number): Promise<number> {
  const [row] = await db.execute<{ count: number; seconds: number }>(sql`
    with clock as (
      select floor(extract(epoch from now()) * 1000)::bigint as now, ${PAIRING_MINUTES}::int * 60000 as span
    )
    insert into rate_limits as l (key, count, last_request)
    select ${triesOf(userId)}, 1, clock.now from clock
    on conflict (key) do update set
      count = case when l.last_request <= excluded.last_request - (select span from clock) then 1
        else least(l.count + 1, ${MOST_TRIES + 1}) end,
      last_request = case when l.last_request <= excluded.last_request - (select span from clock)
        then excluded.last_request else l.last_request end
    returning count, ceil((last_request + (select span from clock) - (select now from clock)) / 1000.0)::int as seconds`)
  if (!row) throw new Error('The counter returned no row.')
  return row.count > MOST_TRIES ? row.seconds : 0
}

async function giveTryBack(db: Db, userId: number): Promise<void> {
  await db.execute(sql`
    update rate_limits set count = count - 1 where key = ${triesOf(userId)} and count > 0`)
}
