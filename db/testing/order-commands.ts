import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect } from 'vitest'
import { canCancel, canChange, isCooking } from '@/domain/order'
import { orderChange } from '@/domain/order-input'
import { planMove } from '@/domain/ticket-moves'
import type { Station } from '@/domain/vocabulary'
import { type Unacknowledged, wallMove } from '@/domain/wall'
import type { Db } from '../client'
import { setCountdown } from '../mutations/menu'
import { cancelByKey } from '../mutations/order-cancel'
import { changeOrder } from '../mutations/order-changes'
import type { KitchenScope } from './kitchen'
import {
  countDown,
  isOff,
  type Line,
  type Model,
  need,
  STATION,
  type Ticket,
  take,
  waste,
} from './order-model'
import { order, press } from './orders'

/** What a command is done to beside the model. */
type Real = { db: Db; scope: KitchenScope }
type Command = fc.AsyncCommand<Model, Real>

class Place implements Command {
  constructor(readonly dishes: [number, number][]) {}
  check = () => true
  toString = () => `place(${this.dishes.map(([dish, quantity]) => `${quantity}×${dish}`).join(', ')})`

  async run(model: Model, { db, scope }: Real): Promise<void> {
    const answer = await order(db, scope, this.dishes)
    const portions = this.dishes.map(([dish, quantity]) => ({ dish, quantity }))
    const left = countDown(model, portions)
    if (!left || portions.some(({ dish }) => isOff(model, dish))) {
      expect(answer).toMatchObject({ ok: false, reason: 'dishes_refused' })
      return
    }
    const held = new Map<number, bigint>()
    if (model.autoConfirm && !take(model, held, need(portions))) {
      expect(answer).toMatchObject({ ok: false, reason: 'out_of_stock' })
      return
    }
    if (!answer.ok) return expect.fail(answer.reason)
    const lines = portions.map((portion, index): Line => {
      const counted = model.left.has(portion.dish)
      return { ...portion, line: index + 1, status: 'waiting', counted }
    })
    const status = model.autoConfirm ? 'confirmed' : 'pending'
    model.left = left
    model.seq++
    model.tickets.push({
      id: answer.orderId,
      status,
      unacknowledged: null,
      lines,
      lastLine: lines.length,
      held,
      wasted: new Map(),
    })
  }
}

/** A command about one of the tickets, if there is any. */
abstract class OnTicket implements Command {
  constructor(readonly pick: number) {}
  check = (model: Readonly<Model>) => model.tickets.length > 0

  run(model: Model, real: Real): Promise<void> {
    const ticket = model.tickets[this.pick % model.tickets.length]
    return ticket ? this.act(model, ticket, real) : Promise.resolve()
  }
  abstract act(model: Model, ticket: Ticket, real: Real): Promise<void>
}

class Cancel extends OnTicket {
  override toString = () => `cancel(${this.pick})`

  async act(model: Model, ticket: Ticket, { db, scope }: Real): Promise<void> {
    const answer = await cancelByKey(db, scope, ticket.id, { idempotencyKey: randomUUID() })
    if (!canCancel(ticket.status)) {
      expect(answer).toEqual({ ok: false, reason: 'too_late', status: ticket.status })
      return
    }
    expect(answer).toMatchObject({ ok: true })
    if (isCooking(ticket.status)) waste(ticket, ticket.held)
    else {
      const back = ticket.lines.filter(({ counted }) => counted)
      model.left =
        countDown(
          model,
          back.map(({ dish, quantity }) => ({ dish, quantity: -quantity })),
        ) ?? expect.fail()
      for (const [id, amount] of ticket.held) model.stock.set(id, (model.stock.get(id) ?? 0n) + amount)
    }
    ticket.unacknowledged = ticket.status === 'pending' ? null : { kind: 'cancelled' }
    ticket.held.clear()
    ticket.status = 'cancelled'
    model.seq++
  }
}

type Wish = { add: [number, number][]; pick: number; quantity: number | null; remove: boolean }

class Change extends OnTicket {
  constructor(
    pick: number,
    readonly wish: Wish,
  ) {
    super(pick)
  }
  override toString = () => `change(${this.pick}, ${JSON.stringify(this.wish)})`

  async act(model: Model, ticket: Ticket, { db, scope }: Real): Promise<void> {
    const { add, pick, quantity, remove } = this.wish
    const line = ticket.lines[pick % ticket.lines.length] ?? expect.fail('A ticket without lines.')
    const input = orderChange.parse({
      add: add.map(([menuItemId, portions]) => ({ menuItemId, quantity: portions })),
      change: quantity === null || remove ? [] : [{ line: line.line, quantity }],
      remove: remove ? [line.line] : [],
    })
    const key = { idempotencyKey: randomUUID() }
    const answer = await changeOrder(db, scope, ticket.id, input, key)
    if (!canChange(ticket.status)) {
      expect(answer).toEqual({ ok: false, reason: 'too_late', status: ticket.status })
      return
    }
    const delta = remove ? -line.quantity : (quantity ?? line.quantity) - line.quantity
    const added = add.map(([dish, portions]) => ({ dish, quantity: portions }))
    const more = delta > 0 ? [...added, { dish: line.dish, quantity: delta }] : added
    if (more.some(({ dish }) => isOff(model, dish))) {
      expect(answer).toMatchObject({ ok: false, reason: 'dishes_refused' })
      return
    }
    if (remove && ticket.lines.length === 1 && add.length === 0) {
      expect(answer).toEqual({ ok: false, reason: 'nothing_left' })
      return
    }
    const begun = line.status !== 'waiting'
    const less = delta < 0 && !begun ? [{ dish: line.dish, quantity: delta }] : []
    const left = countDown(model, [...more, ...(line.counted ? less : [])])
    if (!left) {
      expect(answer).toMatchObject({ ok: false, reason: 'dishes_refused' })
      return
    }
    if (ticket.status !== 'pending' && !take(model, ticket.held, need([...more, ...less]))) {
      expect(answer).toMatchObject({ ok: false, reason: 'out_of_stock' })
      return
    }
    expect(answer).toMatchObject({ ok: true })
    if (delta === 0 && added.length === 0) return
    if (delta < 0 && begun) waste(ticket, need([{ dish: line.dish, quantity: -delta }]))
    if (remove) ticket.lines = ticket.lines.filter((other) => other !== line)
    else if (delta !== 0) Object.assign(line, { quantity: line.quantity + delta, status: 'waiting' })
    for (const portion of added) {
      const counted = model.left.has(portion.dish)
      ticket.lines.push({ ...portion, line: ++ticket.lastLine, status: 'waiting', counted })
    }
    model.left = left
    model.seq++
    if (ticket.status === 'preparing' && ticket.lines.every(({ status }) => status === 'done'))
      ticket.status = 'ready'
    // What it says is compared in the tests of changes; here only that it waits to be acknowledged.
    const [row] = await db.execute<{ told: Unacknowledged | null }>(
      sql`select unacknowledged as told from orders where id = ${ticket.id}::uuid`,
    )
    if (ticket.status === 'pending') expect(row?.told).toBeNull()
    ticket.unacknowledged = row?.told ?? null
  }
}

type Pressed =
  | { do: 'bump' | 'recall' | 'acknowledge' }
  | { do: 'bump_station' | 'recall'; station: Station }
  | { do: 'tick'; line: number; done: boolean }

class Press extends OnTicket {
  constructor(
    pick: number,
    readonly pressed: Pressed,
  ) {
    super(pick)
  }
  override toString = () => `press(${this.pick}, ${JSON.stringify(this.pressed)})`

  async act(model: Model, ticket: Ticket, { db, scope }: Real): Promise<void> {
    const from = this.pressed.do === 'bump' ? { from: ticket.status } : {}
    const move = wallMove.parse({ ...this.pressed, ...from, orderId: ticket.id })
    const items = ticket.lines.map(({ line, dish, status }) => ({
      line,
      status,
      station: STATION[dish] ?? 'bar',
    }))
    const plan = planMove({ ...ticket, items }, move)
    const answer = await press(db, scope, move)
    const confirms = plan.ok && plan.events[0]?.kind === 'confirmed'
    if (confirms && !take(model, ticket.held, need(ticket.lines))) {
      expect(answer).toMatchObject({ ok: false, reason: 'out_of_stock' })
      return
    }
    expect(answer).toEqual(plan.ok ? { ok: true, status: plan.status } : plan)
    if (!plan.ok) return
    const changed = new Map(plan.items.map(({ line, status }) => [line, status]))
    for (const line of ticket.lines) line.status = changed.get(line.line) ?? line.status
    ticket.status = plan.status
    ticket.unacknowledged = plan.unacknowledged
    model.seq++
  }
}

class CountDown implements Command {
  constructor(
    readonly dish: number,
    readonly portions: number,
  ) {}
  check = () => true
  toString = () => `countDown(${this.dish}, ${this.portions})`

  async run(model: Model, { db, scope }: Real): Promise<void> {
    await setCountdown(db, scope, { menuItemId: this.dish, portions: this.portions })
    model.left.set(this.dish, this.portions)
    model.silent++
    model.seq++
  }
}

const dish = fc.integer({ min: 1, max: 3 })
const portion = fc.tuple(dish, fc.integer({ min: 1, max: 4 }))
const portions = fc.array(portion, { minLength: 1, maxLength: 3 })
const pick = fc.nat(2)
const station = fc.constantFrom<Station>('pasta', 'grill', 'bar')
const wish = fc.record({
  add: fc.array(portion, { maxLength: 2 }),
  pick,
  quantity: fc.option(fc.integer({ min: 1, max: 5 })),
  remove: fc.boolean(),
})
const pressed: fc.Arbitrary<Pressed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('bump' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('recall' as const, 'acknowledge' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('bump_station' as const, 'recall' as const), station }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('tick' as const),
      line: fc.integer({ min: 1, max: 4 }),
      done: fc.boolean(),
    }),
  },
)
const places = portions.map((dishes) => new Place(dishes))
const cancels = pick.map((ticket) => new Cancel(ticket))
const changes = fc
  .tuple(pick, wish)
  .filter(([, { add, quantity, remove }]) => add.length > 0 || quantity !== null || remove)
  .map(([ticket, wanted]) => new Change(ticket, wanted))
const presses = fc.tuple(pick, pressed).map(([ticket, what]) => new Press(ticket, what))
const counts = fc
  .tuple(dish, fc.integer({ min: 1, max: 12 }))
  .map(([what, left]) => new CountDown(what, left))
/** Each is as likely as it is often here: few tickets, of which much becomes, reach what many fresh ones do not. */
/** Histories of orders, each command compared with the model as it goes. */
export const orderCommands = fc.commands(
  [places, places, changes, changes, changes, presses, presses, presses, presses, presses, cancels, counts],
  { maxCommands: 40, size: 'max' },
)
