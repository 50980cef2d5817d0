import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { testDatabase } from '@/db/testing/database'
import { addDevice, addRestaurant, addUser } from '@/db/testing/people'
import { actionRegistry } from './action'
import { database } from './database'
import { newRequest, request, TEST_SECRET } from './testing'

vi.mock('next/headers', async () => (await import('./testing')).nextHeaders())
vi.mock('next/server', async () => (await import('./testing')).nextServer())

const test = testDatabase()
let cookie: string

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: test.url, AUTH_SECRET: TEST_SECRET, PORT: '3000', APP_URL: '' })
  const north = await addRestaurant(test.db, 'north')
  const approver = await addUser(test.db, { role: 'admin' })
  cookie = (await addDevice(test.db, north, approver)).cookie
})
afterAll(() => database().close())

const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|[\\/])actions\.ts$/.test(file),
)

/** What an action answers, or that it led somewhere else. */
async function answerOf(
  action: (input: unknown) => Promise<{ reason?: string } | undefined>,
): Promise<string> {
  newRequest()
  request.cookies.set('brigade_device', cookie)
  try {
    return (await action({ restaurant: 'north' }))?.reason ?? 'done'
  } catch (error) {
    const { digest } = error as { digest?: string }
    if (digest?.startsWith('NEXT_REDIRECT')) return 'redirected'
    throw error
  }
}

it.each(files)('a paired screen is nobody to all actions of %s but those of walls', async (file) => {
  const before = actionRegistry.length
  const actions = Object.values(await import(resolve('app', file)))
  const forPeople = actionRegistry.slice(before).filter(({ who }) => who === 'restaurant' || who === 'chain')
  const answers: string[] = []
  for (const action of actions) answers.push(await answerOf(action as Parameters<typeof answerOf>[0]))
  expect(answers.filter((reason) => reason === 'signed_out')).toHaveLength(forPeople.length)
  expect(answers).not.toContain('done')
})
