import { headers } from 'next/headers'
import type { z } from 'zod'
import { isConnectionLost, isPassing, overloadedCause } from '@/db/client'
import type { FormValues } from '@/domain/form-values'
import {
  type ChainScope,
  chainScope,
  type Permission,
  type Person,
  type RestaurantScope,
  restaurantScope,
  roleMay,
} from '@/domain/scope'
import { FOREIGN_ORIGIN } from './agreed.mjs'
import { environment, ownOrigins } from './environment'
import { fieldErrors, hasNul, readInput } from './form-input'
import { isOwnOrigin } from './origin'
import { currentPerson, currentWallScope } from './session'

/** What a mutation answers. */
export type Outcome = { ok: true } | { ok: false; reason: string }
type FailureOf<O extends Outcome> = Extract<O, { ok: false }>

/** What can stop an action before its mutation runs. */
type Refusal = {
  ok: false
  reason:
    | 'signed_out'
    | 'foreign_origin'
    | 'invalid'
    | 'forbidden'
    | 'not_found'
    | 'no_wall'
    | 'overloaded'
    | 'connection_lost'
}

type Told = {
  /** What happened and what to do, for the person who pressed the button. */
  message: string
  /** What is wrong with single fields, by name. */
  fields?: Record<string, string>
  /** What was typed, for the form to show again; never a password. */
  values?: FormValues
}

type ActionResult<O extends Outcome> = Extract<O, { ok: true }> | ((FailureOf<O> | Refusal) & Told)

/** For `<form action>`, `useActionState` (which passes its last state first) and calls with typed input alike. */
export type Action<I, O extends Outcome> = {
  (input: I | FormData): Promise<ActionResult<O>>
  (previous: unknown, input: I | FormData): Promise<ActionResult<O>>
}

type Definition<S extends z.ZodType, O extends Outcome> = {
  /** `noun.verb`, unique: the authority test names actions by it. */
  name: string
  input: S
  /** A sentence for every way in which `run` can fail. To be written after `run`, from which TypeScript infers them. */
  words: WordsFor<NoInfer<FailureOf<O>>>
}

type WordsFor<F extends { reason: string }> = {
  [R in F['reason']]: string | ((failure: Extract<F, { reason: R }>) => string)
}

type Permitted<P extends Permission> = { permission?: P }

type RestaurantDefinition<S extends z.ZodType, O extends Outcome, P extends Permission> = Definition<S, O> &
  Permitted<P> & {
    /** The slug of the restaurant in which this happens. */
    restaurant: (input: z.output<S>) => string
    run: (scope: RestaurantScope<P>, input: z.output<S>) => Promise<O>
  }

type ChainDefinition<S extends z.ZodType, O extends Outcome, P extends Permission> = Definition<S, O> &
  Permitted<P> & {
    restaurant?: never
    run: (scope: ChainScope<P>, input: z.output<S>) => Promise<O>
  }

type WallDefinition<S extends z.ZodType, O extends Outcome> = Definition<S, O> & {
  /** The slug of the restaurant on whose wall this happens. */
  restaurant: (input: z.output<S>) => string
  run: (scope: RestaurantScope<'tickets:bump'>, input: z.output<S>) => Promise<O>
}

type PublicDefinition<S extends z.ZodType, O extends Outcome> = Definition<S, O> & {
  run: (input: z.output<S>) => Promise<O>
}

export type ActionEntry = {
  name: string
  who: 'anybody' | 'restaurant' | 'chain' | 'wall'
  permission: Permission | null
  input: z.ZodType
  run: Action<never, Outcome>
}

/** Every action of the modules loaded so far, for the tests that ask something of all of them. */
export const actionRegistry: ActionEntry[] = []

/**
 * A server action for people who are signed in. Asks, in this order: is there a session, does the request come from
 * one of our pages, is the input well-formed, may this person do this here. Only then `run` is called, with the scope
 * that proves it. Everything expected comes back as a value with words; what throws is a bug (or `redirect`).
 */
export function defineAction<S extends z.ZodType, O extends Outcome, P extends Permission = never>(
  definition: RestaurantDefinition<S, O, P>,
): Action<z.input<S>, O>
export function defineAction<S extends z.ZodType, O extends Outcome, P extends Permission = never>(
  definition: ChainDefinition<S, O, P>,
): Action<z.input<S>, O>
export function defineAction<S extends z.ZodType, O extends Outcome, P extends Permission>(
  definition: RestaurantDefinition<S, O, P> | ChainDefinition<S, O, P>,
): Action<z.input<S>, O> {
  const { name, permission } = definition
  const run = guarded<S, O, Person>(definition, currentPerson, (person, input) => {
    if (permission && !roleMay(person.role, permission)) return Promise.resolve(refuse('forbidden'))
    if (!definition.restaurant) return definition.run(chainScope(person) as ChainScope<P>, input)
    const scope = restaurantScope<P>(person, definition.restaurant(input))
    return scope ? definition.run(scope, input) : Promise.resolve(refuse('not_found'))
  })
  const who = definition.restaurant ? 'restaurant' : 'chain'
  actionRegistry.push({ name, who, permission: permission ?? null, input: definition.input, run })
  return run
}

/**
 * A server action for whoever stands at a wall: a person who may bump there, or the screen that is paired with it. What
 * is asked is as ever, in this order: origin, input, who.
 */
export function defineWallAction<S extends z.ZodType, O extends Outcome>(
  definition: WallDefinition<S, O>,
): Action<z.input<S>, O> {
  const { name, input } = definition
  const run = guarded<S, O, 'anybody'>(
    definition,
    async () => 'anybody' as const,
    async (_, input) => {
      const scope = await currentWallScope(definition.restaurant(input))
      return scope ? definition.run(scope, input) : refuse('no_wall')
    },
  )
  actionRegistry.push({ name, who: 'wall', permission: 'tickets:bump', input, run })
  return run
}

/** A server action that needs no session: signing in, following a one-time link. All else is asked as ever. */
export function definePublicAction<S extends z.ZodType, O extends Outcome>(
  definition: PublicDefinition<S, O>,
): Action<z.input<S>, O> {
  const { name, input } = definition
  const run = guarded<S, O, 'anybody'>(
    definition,
    async () => 'anybody' as const,
    (_, input) => definition.run(input),
  )
  actionRegistry.push({ name, who: 'anybody', permission: null, input, run })
  return run
}

function guarded<S extends z.ZodType, O extends Outcome, Who extends Person | 'anybody'>(
  { input: schema, words }: Definition<S, O>,
  findWho: () => Promise<Who | null>,
  run: (who: Who, input: z.output<S>) => Promise<O | Refusal>,
): Action<z.input<S>, O> {
  return async (...args: unknown[]): Promise<ActionResult<O>> => {
    const { raw, values } = readInput(args.at(-1))
    const told = (outcome: O | Refusal, invalid?: Record<string, string>): ActionResult<O> => {
      if (outcome.ok) return outcome as Extract<O, { ok: true }>
      const message = sentence({ ...REFUSALS, ...words }, outcome)
      // A mutation may name the one field that it refuses.
      const fields = invalid ?? ('field' in outcome ? { [String(outcome.field)]: message } : undefined)
      return { ...outcome, message, ...(fields && { fields }), ...(values && { values }) } as ActionResult<O>
    }
    try {
      const who = await findWho()
      if (!who) return told(refuse('signed_out'))
      if (!isOwnOrigin(await headers(), ownOrigins(environment()))) return told(refuse('foreign_origin'))
      const parsed = schema.safeParse(raw)
      if (!parsed.success) return told(refuse('invalid'), fieldErrors(parsed.error))
      if (hasNul(raw)) return told(refuse('invalid'))
      return told(await run(who, parsed.data))
    } catch (error) {
      const overloaded = overloadedCause(error)
      const seconds = overloaded ? overloaded.retryAfterSeconds : isPassing(error) ? 2 : null
      if (seconds !== null) return told({ ...refuse('overloaded'), seconds } as Refusal)
      if (isConnectionLost(error)) return told(refuse('connection_lost'))
      throw error
    }
  }
}

const refuse = (reason: Refusal['reason']): Refusal => ({ ok: false, reason })

type Words = Record<string, string | ((failure: never) => string)>

const REFUSALS: Words = {
  signed_out: 'You are signed out. Sign in again, then repeat this.',
  foreign_origin: FOREIGN_ORIGIN,
  invalid: 'Something here is not right. Correct it and send it again.',
  forbidden: 'Your role may not do this. Ask a manager or an admin.',
  not_found: 'This restaurant is not there (any more), or not yours. Reload the page.',
  no_wall:
    'This screen may not do that in this kitchen (any more). Sign in or pair it again, then repeat this.',
  overloaded: ({ seconds }: { seconds: number }) =>
    `Brigade has more work than it can take, so nothing was done. Try again in ${seconds} seconds.`,
  connection_lost:
    'The connection to the database broke, so it is not known whether this was done. Look before you repeat it.',
}

function sentence(words: Words, failure: { reason: string }): string {
  const word = words[failure.reason]
  if (word === undefined) throw new Error(`The action has no words for "${failure.reason}".`)
  return typeof word === 'string' ? word : word(failure as never)
}
