import { describe, expect, it } from 'vitest'
import { Overloaded } from './gate'
import { hashPassword, hashStats, verifyPassword } from './password'
import { cheapHash } from './testing/people'

const cheap = cheapHash('pleaseletmein')

describe('password hashes', () => {
  it('carry their cost and a salt of their own', async () => {
    const [first, second] = await Promise.all([hashPassword('mise en place'), hashPassword('mise en place')])
    expect(first).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(first).not.toBe(second)
  })

  it('match their password, however its letters were composed, and no other', async () => {
    const hash = await hashPassword('cr\u00e8me br\u00fbl\u00e9e')
    expect(await verifyPassword(hash, 'cre\u0300me bru\u0302le\u0301e')).toBe(true)
    expect(await verifyPassword(hash, 'creme brulee')).toBe(false)
  })

  it('are verified at the cost they were made with', async () => {
    expect(await verifyPassword(cheap, 'pleaseletmein')).toBe(true)
    expect(await verifyPassword(cheap, 'pleaseletmeout')).toBe(false)
  })

  it('of an unknown form match nothing', async () => {
    for (const hash of ['', 'secret', '$2b$12$abcdefghijklmnopqrstuv', '$scrypt$ln=17,r=8,p=1$short$short']) {
      expect(await verifyPassword(hash, hash)).toBe(false)
    }
  })

  it('are made two at a time, and a flood is refused instead of queued', async () => {
    const flood = Array.from({ length: 40 }, () => verifyPassword(cheap, 'pleaseletmein'))
    const settled = Promise.allSettled(flood)
    await Promise.resolve()
    expect(hashStats()).toMatchObject({ max: 2, inUse: 2, waiting: 20 })
    const refused = (await settled).filter((outcome) => outcome.status === 'rejected')
    expect(refused).toHaveLength(18)
    expect(refused.every((outcome) => outcome.reason instanceof Overloaded)).toBe(true)
    expect(hashStats()).toMatchObject({ inUse: 0, waiting: 0 })
  })
})
