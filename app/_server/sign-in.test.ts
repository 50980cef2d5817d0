import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hashPassword, hashStats, verifyPassword } from '@/db/password'
import { testDatabase } from '@/db/testing/database'
import { addUser, cheapHash } from '@/db/testing/people'
import { buildAuth } from './auth'
import { database } from './database'
import { parseEnvironment } from './environment'
import { currentPerson } from './session'
import { endSession, startSession } from './sign-in'
import { newRequest, request, TEST_SECRET } from './testing'

vi.mock('next/headers', async () => (await import('./testing')).nextHeaders())
vi.mock('next/server', async () => (await import('./testing')).nextServer())

const test = testDatabase()
const PASSWORD = 'count the lemons twice'

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: test.url, AUTH_SECRET: TEST_SECRET, PORT: '3000', APP_URL: '' })
  const passwordHash = cheapHash(PASSWORD)
  await addUser(test.db, { role: 'manager', email: 'mia@example.com', passwordHash })
  await addUser(test.db, { role: 'manager', email: 'gone@example.com', passwordHash, isActive: false })
})
afterAll(() => database().close())
beforeEach(() => newRequest({ 'user-agent': 'a browser', 'x-forwarded-for': '192.0.2.7' }))
afterEach(() => test.db.execute(sql`delete from rate_limits`))

/** Carries the cookies of the answer into the next request. */
function comeBack(): void {
  const cookies = [...request.setCookies].map(([name, { value }]) => [name, value] as const)
  const cookie = cookies.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
  newRequest({ cookie })
  for (const [name, value] of cookies) request.cookies.set(name, value)
}

describe('signing in', () => {
  it('sets a cookie that opens a session of twelve hours, whatever the case of the address', async () => {
    expect(await startSession({ email: 'Mia@Example.com', password: PASSWORD })).toEqual({ ok: true })
    expect([...request.setCookies.keys()]).toEqual(['brigade_session'])
    expect(request.setCookies.get('brigade_session')?.options).toMatchObject({
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: 7 * 24 * 3600,
    })
    const [session] = await test.db.execute(sql`
      select round(extract(epoch from expires_at - created_at) / 3600)::int as hours, ip_address as "ipAddress",
        user_agent as "userAgent" from sessions`)
    expect(session).toEqual({ hours: 12, ipAddress: '192.0.2.7', userAgent: 'a browser' })
    comeBack()
    expect(await currentPerson()).toMatchObject({ email: 'mia@example.com' })
  })

  it('ends when it is asked to: the cookie goes and the session with it', async () => {
    await startSession({ email: 'mia@example.com', password: PASSWORD })
    comeBack()
    const cookie = request.cookies.get('brigade_session') ?? ''
    await endSession()
    expect(request.setCookies.get('brigade_session')).toMatchObject({ value: '', options: { maxAge: 0 } })
    newRequest()
    request.cookies.set('brigade_session', cookie)
    expect(await currentPerson()).toBeNull()
  })

  it('answers a wrong password and an unknown address alike, after one hash each', async () => {
    const hashes = () => hashStats().admitted
    const start = hashes()
    const wrong = await startSession({ email: 'mia@example.com', password: 'count the limes twice' })
    const afterWrong = hashes()
    const unknown = await startSession({ email: 'nobody@example.com', password: PASSWORD })
    expect(wrong).toEqual({ ok: false, reason: 'wrong_credentials' })
    expect(unknown).toEqual(wrong)
    expect([afterWrong - start, hashes() - afterWrong]).toEqual([1, 1])
    expect(request.setCookies.size).toBe(0)
    await startSession({ email: 'mia@example.com', password: PASSWORD })
  })

  it('tells somebody who was deactivated so, once they knew their password', async () => {
    expect(await startSession({ email: 'gone@example.com', password: PASSWORD })).toEqual({
      ok: false,
      reason: 'deactivated',
    })
    expect(await startSession({ email: 'gone@example.com', password: 'wrong' })).toEqual({
      ok: false,
      reason: 'wrong_credentials',
    })
    expect(request.setCookies.size).toBe(0)
  })

  it.each(['mia@example.com', 'nobody@example.com'])(
    'is closed to %s after five failures, without another hash, even for the right password',
    async (email) => {
      await Promise.all(Array.from({ length: 5 }, () => startSession({ email, password: 'wrong' })))
      const hashes = hashStats().admitted
      expect(await startSession({ email, password: PASSWORD })).toEqual({
        ok: false,
        reason: 'too_many_failures',
        until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      })
      expect(hashStats().admitted).toBe(hashes)
      await test.db.execute(sql`delete from sign_in_failures`)
    },
  )

  it('forgets failures once the password was right', async () => {
    for (let i = 0; i < 3; i++) await startSession({ email: 'mia@example.com', password: 'wrong' })
    await startSession({ email: 'mia@example.com', password: PASSWORD })
    expect(
      await test.db.execute(sql`select from sign_in_failures where email = 'mia@example.com'`),
    ).toHaveLength(0)
  })

  it('holds back a flood from one address before any password is looked at, and counts no failure for it', async () => {
    await startSession({ email: 'mia@example.com', password: PASSWORD })
    await test.db.execute(sql`update rate_limits set count = 30`)
    const hashes = hashStats().admitted
    expect(await startSession({ email: 'mia@example.com', password: PASSWORD })).toEqual({
      ok: false,
      reason: 'too_many_from_here',
      seconds: expect.any(Number),
    })
    expect(hashStats().admitted).toBe(hashes)
    expect(await test.db.execute(sql`select failures from sign_in_failures`)).toContainEqual({ failures: 0 })
    await test.db.execute(sql`delete from sign_in_failures`)
  })

  it('counts no failure when there were too many passwords to hash', async () => {
    const running = [hashPassword('something'), hashPassword('something else')]
    const hash = cheapHash('something')
    const waiting = Array.from({ length: 20 }, () => verifyPassword(hash, 'something'))
    await expect(startSession({ email: 'mia@example.com', password: PASSWORD })).rejects.toThrow()
    expect(await test.db.execute(sql`select failures from sign_in_failures`)).toEqual([{ failures: 0 }])
    await Promise.all([...running, ...waiting])
  })
})

describe('better-auth', () => {
  it('sets a __Host- cookie, with all that browsers ask of one, where people come over https', async () => {
    const env = parseEnvironment({ ...process.env, APP_URL: 'https://brigade.example.com' })
    const response = await buildAuth(test.db, env).handler(
      new Request('https://brigade.example.com/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://brigade.example.com' },
        body: JSON.stringify({ email: 'mia@example.com', password: PASSWORD }),
      }),
    )
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-brigade_session=\S+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ])
  })

  it('lets nobody sign up', async () => {
    const { auth } = await import('./auth')
    const signUp = auth().api.signUpEmail({
      body: { name: 'Eve', email: 'eve@example.com', password: 'a long enough password' },
    })
    await expect(signUp).rejects.toThrow()
    expect(await test.db.execute(sql`select from users where email = 'eve@example.com'`)).toHaveLength(0)
  })
})
