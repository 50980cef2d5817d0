import { describe, expect, it } from 'vitest'
import { isHttps, ownOrigins, parseEnvironment } from './environment'

const GOOD = { DATABASE_URL: 'postgresql://brigade@127.0.0.1:5432/brigade', AUTH_SECRET: 'x'.repeat(32) }
const complaint = (env: Record<string, string>) => {
  try {
    parseEnvironment({ ...GOOD, ...env })
    return null
  } catch (error) {
    return (error as Error).message
  }
}

describe('the environment', () => {
  it('has a default for all but the database and the secret', () => {
    expect(parseEnvironment(GOOD)).toEqual({
      ...GOOD,
      PORT: 3000,
      HOST: '127.0.0.1',
      BRIGADE_DATA: '.data',
      CURRENCY: 'EUR',
      POOL_MAX: 10,
      POOL_WAIT_MS: 3000,
      RENDER_MAX: 2,
      POOL_QUEUE: 200,
      WEB_CONCURRENCY: 1,
      SLOW_QUERY_MS: 200,
      HOUSEKEEPING: true,
      MISE: true,
    })
  })

  it('says in one sentence what is wrong with a variable, and names it', () => {
    expect(complaint({ PORT: '80a' })).toBe('PORT must be a number from 1 to 65535.')
    expect(complaint({ PORT: '70000' })).toBe('PORT must be a number from 1 to 65535.')
    expect(complaint({ APP_URL: 'brigade.example.com' })).toMatch(
      /^APP_URL must be the address people open, .+\.$/,
    )
    expect(complaint({ APP_URL: 'https://example.com/brigade' })).toMatch(/^APP_URL must be an origin only/)
    expect(complaint({ DATABASE_URL: 'mysql://x' })).toMatch(/^DATABASE_URL must be an address such as/)
    expect(complaint({ AUTH_SECRET: 'short' })).toMatch(/^AUTH_SECRET is too short/)
    expect(complaint({ MISE: 'yes' })).toBe('MISE must be on or off.')
    expect(complaint({ CURRENCY: 'euro' })).toBe('CURRENCY must be three capital letters, such as EUR.')
  })

  it('names everything that is missing at once, a variable set to nothing included', () => {
    expect(complaint({ DATABASE_URL: '', AUTH_SECRET: '' })).toMatch(
      /^DATABASE_URL is missing.+\nAUTH_SECRET is missing/,
    )
  })

  it('never repeats a secret or a password in its sentences', () => {
    expect(complaint({ AUTH_SECRET: 'geheim', DATABASE_URL: 'http://u:geheim@h' })).not.toContain('geheim')
  })
})

describe('our own origins', () => {
  it('are APP_URL alone, without its slash', () => {
    const env = parseEnvironment({ ...GOOD, APP_URL: 'https://brigade.example.com/' })
    expect(ownOrigins(env)).toEqual(['https://brigade.example.com'])
    expect(isHttps(env)).toBe(true)
  })

  it('are this machine on PORT without it', () => {
    const env = parseEnvironment({ ...GOOD, PORT: '4000' })
    expect(ownOrigins(env)).toEqual(['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'])
    expect(isHttps(env)).toBe(false)
  })
})
