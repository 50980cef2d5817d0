import { setMaxListeners } from 'node:events'
import { v7 as uuidv7 } from 'uuid'
import { isOpen, nextStatus } from '@/domain/order'
import type { OrderStatus } from '@/domain/vocabulary'
import { ORDERS, orderRequest } from '../migrate/traffic/orders'
import { pressRequest } from '../migrate/traffic/walls'
import { User, type UserOptions } from './user'

/** What one person does over and over: once, for the `turn`th time. */
type Turn = (user: User, turn: number) => Promise<unknown>

const WORDS = ['soup', 'roasted', 'olive', 'ravioli', 'chicken', 'garlic', 'smoked', 'lemon']
const word = (turn: number) => WORDS[turn % WORDS.length] ?? 'soup'

const OFFICE: readonly ((slug: string) => string)[] = [
  () => '/overview',
  () => '/inventory/alerts',
  (slug) => `/inventory/${slug}`,
  () => '/admin/audit',
  () => '/admin/people',
]

const guest: Turn = (user) => user.ask('guest menu', `/m/${user.place.slug}`)

const wall: Turn = (user) => user.watch(`/api/kitchen/${user.place.slug}/events`)

/** Orders, and then is the kitchen that cooks it: each ticket is pressed on until it has left the wall. */
const order: Turn = async (user, turn) => {
  const { lines: _, ...request } = orderRequest(user.place, turn, uuidv7())
  const answer = await user.ask('order', ORDERS, request, 201)
  if (!answer) return
  const { id, ...placed } = JSON.parse(answer.body()) as { id: string; status: OrderStatus }
  let { status } = placed
  while (isOpen(status) && !user.options.signal.aborted) {
    const pressed = await user.ask(
      'press',
      `/api/kitchen/${user.place.slug}/moves`,
      pressRequest(user.options, id, status),
    )
    const next = nextStatus(status)
    if (pressed && next) status = next
  }
}

const search: Turn = (user, turn) => {
  const path = turn % 2 === 0 ? `/menu?q=${word(turn)}` : `/recipes?q=${word(turn)}`
  return user.ask('search', path, { headers: { cookie: user.options.cookie } })
}

const office: Turn = (user, turn) => {
  const path = OFFICE[turn % OFFICE.length]?.(user.place.slug) ?? '/overview'
  return user.ask('back office', path, { headers: { cookie: user.options.cookie } })
}

/** Of twenty people: 60 % guests, 15 % walls, 10 % who order, 10 % who search, 5 % in the back office. */
const OF_TWENTY: readonly Turn[] = [
  ...Array.from({ length: 12 }, () => guest),
  ...Array.from({ length: 3 }, () => wall),
  ...Array.from({ length: 2 }, () => order),
  ...Array.from({ length: 2 }, () => search),
  office,
]

export type CrowdOptions = Omit<UserOptions, 'place' | 'signal'> & {
  places: readonly UserOptions['place'][]
  users: number
  /** Between an answer and the next question; 0: they ask again at once. */
  pauseMs: number
}

/** A prime, so that neighbours, who are of different kinds, begin far apart. */
const STRIDE = 7919

/** So many people at once. They go on until told to stop, which waits for their last answers. */
export function openCrowd({ places, users, pauseMs, ...options }: CrowdOptions) {
  const stopping = new AbortController()
  const { signal } = stopping
  setMaxListeners(0, signal)
  const all = Array.from({ length: users }, async (_, index) => {
    const turnOf = OF_TWENTY[index % OF_TWENTY.length]
    // Each kind of people in many restaurants, also where there are as many restaurants as kinds of people.
    const place = places[(index + 7 * Math.floor(index / OF_TWENTY.length)) % places.length]
    if (!place || !turnOf) throw new Error('There is no restaurant.')
    const user = new User({ ...options, place, signal })
    // People don't come in step: the first look of each falls somewhere within the first pause.
    await user.rest((pauseMs * ((index * STRIDE) % users)) / users)
    // Not all with the same dish and word.
    for (let turn = index; !signal.aborted; turn++) {
      await turnOf(user, turn)
      await user.rest(pauseMs)
    }
    user.close()
  })
  return {
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all(all)
    },
  }
}
