import { cookies } from 'next/headers'
import { startPairing } from '@/db/mutations/pairing'
import { deviceCookie, hashDeviceSecret } from '@/db/queries/access'
import { findPairing, type Pairing } from '@/db/queries/devices'
import { database } from './database'
import { deviceCookieName, deviceCookieOptions, pairingCookieName } from './device-cookie'
import { environment } from './environment'
import { currentDevice } from './session'

/** The secret of this browser's pairing, or null where it never began one. */
export async function pairingSecret(): Promise<string | null> {
  return (await cookies()).get(pairingCookieName(environment()))?.value ?? null
}

/** What has become of this browser's pairing; null where there is none or its code ran out. */
export async function currentPairing(): Promise<Pairing | null> {
  const secret = await pairingSecret()
  return secret ? findPairing(database(), hashDeviceSecret(secret)) : null
}

/**
 * Takes this browser's pairing one step on and returns the page to go to: a new code where none waits, the device's own
 * cookie once the code was approved. To be called in a route handler, since pages can't set cookies. Called again, for
 * instance because the answer was lost, it does the same again.
 */
export async function continuePairing(): Promise<string> {
  const device = await currentDevice()
  if (device) return `/kitchen/${device.restaurant.slug}`
  const secret = await pairingSecret()
  const pairing = await currentPairing()
  if (pairing?.state === 'waiting') return '/pair'

  const env = environment()
  const jar = await cookies()
  if (secret && pairing?.state === 'approved') {
    jar.set(deviceCookieName(env), deviceCookie({ ...pairing, secret }), deviceCookieOptions(env))
    jar.set(pairingCookieName(env), '', { ...deviceCookieOptions(env), maxAge: 0 })
    return `/kitchen/${pairing.slug}`
  }
  const started = await startPairing(database())
  if (!started.ok) return '/pair?asked=in-vain'
  jar.set(pairingCookieName(env), started.secret, deviceCookieOptions(env))
  return '/pair?asked=once'
}
