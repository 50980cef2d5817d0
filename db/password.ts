import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Gate } from './gate'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** N = 2^17, r = 8, p = 1: OWASP's first choice for scrypt. One hash holds 128 MiB for some tenths of a second. */
const COST = { log2N: 17, r: 8, p: 1 }
const SALT_BYTES = 16
const KEY_BYTES = 32

/**
 * Two at a time, so that a flood of sign-ins can take neither the memory nor libuv's four threads, which DNS and files
 * need too. The queue holds what can be worked off before a browser's patience ends.
 */
const LIMITS = { max: 2, queue: 20, waitMs: 8000 }

const HASH_FORM = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/

/**
 * The scrypt hash of a password in PHC string format, `$scrypt$ln=17,r=8,p=1$<salt>$<key>`.
 * Rejects with `Overloaded` while too many hashes are waiting.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await deriveGated(password, salt, COST)
  return `$scrypt$ln=${COST.log2N},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(key)}`
}

/**
 * Whether `hash` was made from this password, in constant time; false for a hash of unknown form.
 * The cost is read from the hash, so that raising it later leaves old passwords valid. Rejects with `Overloaded`.
 */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const [, log2N, r, p, salt, key] = HASH_FORM.exec(hash) ?? []
  if (!salt || !key) return false
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) }
  const derived = await deriveGated(password, Buffer.from(salt, 'base64'), cost)
  return timingSafeEqual(derived, Buffer.from(key, 'base64'))
}

async function deriveGated(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const gate = hashGate()
  await gate.enter()
  try {
    const N = 2 ** cost.log2N
    // Node refuses what needs more than `maxmem`; scrypt needs 128 * N * r bytes and a little for each lane.
    const maxmem = 128 * cost.r * (N + cost.p + 2)
    // One key on a Mac and another on Windows may send the same letter composed differently.
    return await derive(password.normalize('NFKC'), salt, KEY_BYTES, { N, r: cost.r, p: cost.p, maxmem })
  } finally {
    gate.leave()
  }
}

/** How many passwords are being hashed and waiting to be, in this process. */
export const hashStats = () => hashGate().stats()

/** On `globalThis`, because the bundler may load this module twice and the limit is the process's. */
function hashGate(): Gate {
  const holder = globalThis as unknown as { [key: symbol]: Gate | undefined }
  const key = Symbol.for('brigade.hashGate')
  holder[key] ??= new Gate(LIMITS)
  return holder[key]
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
