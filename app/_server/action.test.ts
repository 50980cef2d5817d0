import { sql } from 'drizzle-orm'
import { redirect } from 'next/navigation'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { ConnectionLost, Overloaded } from '@/db/client'
import { testDatabase } from '@/db/testing/database'
import { addDevice, addRestaurant, addSession, addUser } from '@/db/testing/people'
import { actionRegistry, defineAction, definePublicAction, defineWallAction } from './action'
import { database } from './database'
import { newRequest, request, TEST_SECRET } from './testing'

vi.mock('next/headers', async () => (await import('./testing')).nextHeaders())
vi.mock('next/server', async () => (await import('./testing')).nextServer())

const test = testDatabase()
const tokens: Record<'admin' | 'manager' | 'kitchen' | 'deactivated', string> = {
  admin: '',
  manager: '',
  kitchen: '',
  deactivated: '',
}
let device: { deviceId: number; cookie: string }

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: test.url, AUTH_SECRET: TEST_SECRET, PORT: '3000', APP_URL: '' })
  const north = await addRestaurant(test.db, 'north')
  await addRestaurant(test.db, 'south')
  for (const role of ['admin', 'manager', 'kitchen'] as const) {
    const userId = await addUser(test.db, { role, restaurants: [north] })
    tokens[role] = await addSession(test.db, userId)
    if (role === 'manager') device = await addDevice(test.db, north, userId)
  }
  const gone = await addUser(test.db, { role: 'admin', isActive: false })
  tokens.deactivated = await addSession(test.db, gone)
})
afterAll(() => database().close())

const run = vi.fn()
beforeEach(() => {
  run.mockReset()
  run.mockResolvedValue({ ok: true, counted: 7 })
})

const input = z.object({
  restaurant: z.string(),
  quantity: z.coerce.number().int().min(1, 'Count at least one.'),
})
const countStock = defineAction({
  name: 'test.count_stock',
  input,
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (
    scope,
    { quantity },
  ): Promise<{ ok: true; counted: number } | { ok: false; reason: 'locked'; by: string }> =>
    run(scope, quantity),
  words: { locked: ({ by }) => `${by} is counting right now.` },
})
const editMenu = defineAction({
  name: 'test.edit_menu',
  input: z.object({}),
  permission: 'menu:edit',
  run: async (scope): Promise<{ ok: true }> => run(scope),
  words: {},
})
const bump = defineWallAction({
  name: 'test.bump',
  input: z.object({ restaurant: z.string() }),
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope): Promise<{ ok: true }> => run(scope),
  words: {},
})
const knock = definePublicAction({
  name: 'test.knock',
  input: z.object({ door: z.string() }),
  run: async (value): Promise<{ ok: true }> => run(value),
  words: {},
})
const form = (fields: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

describe('an action', () => {
  it('runs with the scope of its restaurant for whoever may', async () => {
    for (const role of ['admin', 'manager'] as const) {
      newRequest({}, tokens[role])
      expect(await countStock({ restaurant: 'north', quantity: 3 })).toEqual({ ok: true, counted: 7 })
      expect(run).toHaveBeenLastCalledWith(
        expect.objectContaining({ restaurant: expect.objectContaining({ slug: 'north' }) }),
        3,
      )
    }
  })

  it('takes a form as it is posted without JavaScript, and after the last state of useActionState', async () => {
    newRequest({}, tokens.manager)
    const data = form({ $ACTION_ID_abc: '', restaurant: 'north', quantity: '3' })
    expect(await countStock(data)).toMatchObject({ ok: true })
    expect(await countStock({ ok: false }, data)).toMatchObject({ ok: true })
    expect(run.mock.calls.map(([, quantity]) => quantity)).toEqual([3, 3])
  })

  it.each([
    ['nobody', () => undefined],
    ['a made-up session', () => 'a'.repeat(32)],
    ['somebody who was deactivated', () => tokens.deactivated],
  ])('does not run for %s', async (_, token) => {
    newRequest({}, token())
    expect(await countStock({ restaurant: 'north', quantity: 3 })).toMatchObject({
      ok: false,
      reason: 'signed_out',
      message: expect.stringContaining('Sign in again'),
    })
    expect(run).not.toHaveBeenCalled()
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port', { origin: 'http://localhost:3001' }],
    [
      'a forged host',
      { origin: 'https://evil.example', host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    ],
    ['no origin at all', { origin: '' }],
  ])('does not run for a request from %s', async (_, headers) => {
    newRequest(headers, tokens.admin)
    expect(await countStock({ restaurant: 'north', quantity: 3 })).toMatchObject({ reason: 'foreign_origin' })
    expect(await knock({ door: 'front' })).toMatchObject({ reason: 'foreign_origin' })
    expect(run).not.toHaveBeenCalled()
  })

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'runs for %s',
    async (origin) => {
      newRequest({ origin }, tokens.admin)
      expect(await editMenu({})).toMatchObject({ ok: true })
    },
  )

  it('names the fields that are wrong and gives back what was typed, but no password', async () => {
    newRequest({}, tokens.manager)
    const typed = { restaurant: 'north', quantity: '0', password: 'secret' }
    expect(await countStock(form(typed))).toEqual({
      ok: false,
      reason: 'invalid',
      message: expect.any(String),
      fields: { quantity: 'Count at least one.' },
      values: { restaurant: 'north', quantity: '0' },
    })
    expect(run).not.toHaveBeenCalled()
  })

  it.each([[undefined], [null], ['text'], [[]], [{ restaurant: 'no\0rth', quantity: 1 }], [{ quantity: 1 }]])(
    'answers malformed input %j with a value',
    async (malformed) => {
      newRequest({}, tokens.manager)
      expect(await countStock(malformed as never)).toMatchObject({ ok: false, reason: 'invalid' })
      expect(run).not.toHaveBeenCalled()
    },
  )

  it('does not run for a role without the permission', async () => {
    newRequest({}, tokens.kitchen)
    expect(await countStock({ restaurant: 'north', quantity: 3 })).toMatchObject({ reason: 'forbidden' })
    newRequest({}, tokens.manager)
    expect(await editMenu({})).toMatchObject({ reason: 'forbidden' })
    expect(run).not.toHaveBeenCalled()
  })

  it('answers the same for a restaurant that is not theirs and one that does not exist', async () => {
    newRequest({}, tokens.manager)
    const foreign = await countStock({ restaurant: 'south', quantity: 3 })
    expect(foreign).toMatchObject({ reason: 'not_found' })
    expect(await countStock({ restaurant: 'nowhere', quantity: 3 })).toEqual(foreign)
    expect(run).not.toHaveBeenCalled()
  })

  it('gets all of the person’s restaurants when it names none', async () => {
    newRequest({}, tokens.admin)
    await editMenu({})
    const [scope] = run.mock.calls[0] ?? []
    expect(scope.restaurantIds).toHaveLength(2)
  })

  it('puts what its mutation refused into words, with what the refusal carries', async () => {
    newRequest({}, tokens.manager)
    run.mockResolvedValue({ ok: false, reason: 'locked', by: 'Mia' })
    expect(await countStock({ restaurant: 'north', quantity: 3 })).toEqual({
      ok: false,
      reason: 'locked',
      by: 'Mia',
      message: 'Mia is counting right now.',
    })
  })

  it('answers overload and a lost connection with a value, also where Drizzle wrapped them', async () => {
    newRequest({}, tokens.manager)
    run.mockRejectedValueOnce(new Error('Failed query', { cause: new Overloaded('full', 3) }))
    const overloaded = await countStock(form({ restaurant: 'north', quantity: '3' }))
    expect(overloaded).toMatchObject({
      reason: 'overloaded',
      message: expect.stringContaining('3 seconds'),
      values: {},
    })
    const lockTimeout = Object.assign(new Error('lock timeout'), { name: 'PostgresError', code: '55P03' })
    run.mockRejectedValueOnce(new Error('Failed query', { cause: lockTimeout }))
    expect(await countStock({ restaurant: 'north', quantity: 3 })).toMatchObject({ reason: 'overloaded' })
    run.mockRejectedValueOnce(new Error('Failed query', { cause: new ConnectionLost('gone') }))
    expect(await countStock({ restaurant: 'north', quantity: 3 })).toMatchObject({
      reason: 'connection_lost',
    })
  })

  it('lets a redirect and a bug through', async () => {
    newRequest({}, tokens.admin)
    run.mockImplementationOnce(() => redirect('/menu'))
    await expect(editMenu({})).rejects.toThrow('NEXT_REDIRECT')
    run.mockRejectedValueOnce(new TypeError('a bug'))
    await expect(editMenu({})).rejects.toThrow('a bug')
  })

  it('at a wall runs for its people and its screen, for nobody else, and a screen may do nothing more', async () => {
    newRequest({}, tokens.kitchen)
    expect(await bump({ restaurant: 'north' })).toMatchObject({ ok: true })
    expect(await bump({ restaurant: 'south' })).toMatchObject({ reason: 'no_wall' })
    newRequest()
    expect(await bump({ restaurant: 'north' })).toMatchObject({ reason: 'no_wall' })
    request.cookies.set('brigade_device', device.cookie)
    expect(await bump({ restaurant: 'north' })).toMatchObject({ ok: true })
    expect(run.mock.lastCall?.[0].actor).toEqual({ userId: null, deviceId: device.deviceId })
    expect(await bump({ restaurant: 'south' })).toMatchObject({ reason: 'no_wall' })
    expect(await countStock({ restaurant: 'north', quantity: 3 })).toMatchObject({ reason: 'signed_out' })
    newRequest({ origin: 'https://evil.example' })
    request.cookies.set('brigade_device', device.cookie)
    expect(await bump({ restaurant: 'north' })).toMatchObject({ reason: 'foreign_origin' })
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('that is public runs for nobody in particular', async () => {
    newRequest()
    expect(await knock(form({ door: 'front' }))).toMatchObject({ ok: true })
    expect(run).toHaveBeenCalledWith({ door: 'front' })
  })

  it('is on the list that the authority test goes through', () => {
    expect(actionRegistry.map(({ name, who, permission }) => ({ name, who, permission }))).toEqual([
      { name: 'test.count_stock', who: 'restaurant', permission: 'stock:write' },
      { name: 'test.edit_menu', who: 'chain', permission: 'menu:edit' },
      { name: 'test.bump', who: 'wall', permission: 'tickets:bump' },
      { name: 'test.knock', who: 'anybody', permission: null },
    ])
  })

  it('notices a session that ended a moment ago', async () => {
    const token = await addSession(test.db, await addUser(test.db, { role: 'admin' }))
    newRequest({}, token)
    expect(await editMenu({})).toMatchObject({ ok: true })
    await test.db.execute(sql`delete from sessions where token = ${token}`)
    expect(await editMenu({})).toMatchObject({ reason: 'signed_out' })
  })
})
