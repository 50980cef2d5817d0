import { formatMoney } from '@/domain/money'
import { moneyText } from '@/domain/money-input'
import { actionId } from './actions'

/** Of the servers that are asked. */
export const CURRENCY = 'EUR'

export type Kitchen = { id: number; slug: string }
export type Dish = { id: number; name: string; price: number }

/** What guests read of a dish: its price, or that it is sold out. */
export type Shown = string

const SOLD_OUT = 'Sold out'

/** What a guest menu says of a dish; null where it is not on it. */
export function shownOn(menu: string, { name }: Dish): Shown | null {
  const at = menu.indexOf(`<h3>${name}</h3>`)
  return at < 0 ? null : (/<p class="price">([^<]*)</.exec(menu.slice(at))?.[1] ?? null)
}

/** Somebody who is signed in, in a browser of their own, and alone changes one dish: they know how it must look. */
export class Cook {
  /** Where the dish is 86'd. */
  readonly #off = new Set<string>()
  /** The number of the last change, as the server gave it. */
  #wrote = ''

  constructor(
    readonly dish: Dish,
    private readonly session: string,
  ) {}

  /** How guests must see the dish, from the moment on at which the last change was acknowledged. */
  expected({ slug }: Kitchen): Shown {
    return this.#off.has(slug) ? SOLD_OUT : formatMoney(this.dish.price, CURRENCY)
  }

  async read(origin: string, { slug }: Kitchen): Promise<Shown | null> {
    const answer = await this.#fetch(`${origin}/m/${slug}`)
    return shownOn(await answer.text(), this.dish)
  }

  /** 86es the dish in one restaurant, or puts it back there. */
  async switch(origin: string, { slug }: Kitchen): Promise<void> {
    const isOff = this.#off.has(slug)
    const what = { restaurant: slug, menuItemId: this.dish.id }
    const action = isOff ? 'putBack' : 'takeOff'
    const input = isOff ? what : { ...what, lasts: { until: 'further_notice' } }
    await this.#act(origin, `/kitchen/${slug}`, actionId(action, '[restaurant]/actions.ts'), input)
    if (isOff) this.#off.delete(slug)
    else this.#off.add(slug)
  }

  /** One cent more, in all restaurants. */
  async raisePrice(origin: string): Promise<void> {
    const { id, price } = this.dish
    const [was, value] = [moneyText(price, CURRENCY), moneyText(price + 1, CURRENCY)]
    const input = { field: 'price', dish: id, was, value, changes: '' }
    await this.#act(origin, '/menu', actionId('editCell', 'menu/edit-actions.ts'), input)
    this.dish.price++
  }

  /** As Next's script sends it. */
  async #act(origin: string, path: string, id: string, input: unknown): Promise<void> {
    const answer = await this.#fetch(origin + path, {
      method: 'POST',
      headers: { origin, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
      body: JSON.stringify([input]),
    })
    const body = await answer.text()
    if (!body.includes('"ok":true'))
      throw new Error(`${path} answered ${answer.status}: ${body.slice(0, 500)}`)
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [this.session, this.#wrote].filter(Boolean).join('; ')
    const answer = await fetch(url, { ...init, headers: { ...init.headers, cookie }, redirect: 'manual' })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      if (pair.startsWith('brigade_wrote=')) this.#wrote = pair
    }
    return answer
  }
}
