import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { testDatabase } from '@/db/testing/database'
import { addDevice, addRestaurant, addUser } from '@/db/testing/people'
import { database } from './database'
import { newRequest, request, TEST_SECRET } from './testing'
import { loadActions } from './testing-actions'

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

const actions = await loadActions()

it.each(actions.map((action) => [action.name, action] as const))(
  'a paired screen is nobody to %s, unless it is for walls or for everybody',
  async (_, { who, run }) => {
    const reason = await answerOf(run as Parameters<typeof answerOf>[0])
    if (who === 'restaurant' || who === 'chain') expect(reason).toBe('signed_out')
    else expect(reason).not.toBe('done')
  },
)
