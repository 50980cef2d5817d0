import { makeSignature } from 'better-auth/crypto'
import { describe, expect, it } from 'vitest'
import { sessionCookieName, tokenFromCookie } from './session-cookie'

const SECRET = 'a secret of more than thirty-two characters'
const TOKEN = 'Zk3'.repeat(10)

describe('the session cookie', () => {
  it('is bound to its host where people come over https', () => {
    expect(sessionCookieName({ APP_URL: 'https://brigade.example.com' })).toBe('__Host-brigade_session')
    expect(sessionCookieName({ APP_URL: 'http://brigade.example.com' })).toBe('brigade_session')
    expect(sessionCookieName({ APP_URL: undefined })).toBe('brigade_session')
  })

  it('yields its token when better-auth signed it with our secret', async () => {
    expect(tokenFromCookie(`${TOKEN}.${await makeSignature(TOKEN, SECRET)}`, SECRET)).toBe(TOKEN)
  })

  it('yields nothing when it was signed with another secret, changed or cut', async () => {
    const good = `${TOKEN}.${await makeSignature(TOKEN, SECRET)}`
    const foreign = `${TOKEN}.${await makeSignature(TOKEN, 'another secret of more than thirty-two')}`
    const bad = [
      undefined,
      '',
      '.',
      TOKEN,
      `${TOKEN}.`,
      foreign,
      `X${good.slice(1)}`,
      good.slice(0, -2),
      `${good}x`,
    ]
    for (const value of bad) expect(tokenFromCookie(value, SECRET), String(value)).toBeNull()
  })
})
