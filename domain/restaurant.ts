import { z } from 'zod'
import { tick, ticked } from './form-fields'
import type { FormValues } from './form-values'
import { line, prose, wholeNumber } from './text'
import { CHANNELS, STOCK_POLICIES } from './vocabulary'

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Write a time such as 11:30.' })

/** Minutes from which on tickets are due and late. */
export const ticketAges = z
  .strictObject({ amber: wholeNumber(1, 600, 'minutes'), red: wholeNumber(2, 600, 'minutes') })
  .refine(({ amber, red }) => red > amber, {
    error: 'A ticket is late only after it was due: write more minutes.',
    path: ['red'],
  })
export type TicketAges = z.output<typeof ticketAges>

const knownTimeZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** `/inventory/alerts` is a page, so no restaurant may take that slug; `new` is one of the forms. */
const RESERVED_SLUGS = ['alerts', 'new']

/** A restaurant and how its kitchen works. */
export const restaurantDocument = z.strictObject({
  name: line(200, 'Write the restaurant’s name.'),
  slug: z
    .string()
    .max(80, { error: 'Write 80 characters at most.' })
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
      error: 'Write small letters, digits and single dashes, such as berlin-mitte.',
    })
    .refine((slug) => !RESERVED_SLUGS.includes(slug), {
      error: 'This word is taken by a page. Choose another one.',
    }),
  address: prose(1000),
  phone: z.string().trim().max(20, { error: 'Write 20 characters at most.' }),
  isActive: z.boolean(),
  openingTime: localTime,
  closingTime: localTime,
  timeZone: z.string().max(64).refine(knownTimeZone, { error: 'Choose a time zone such as Europe/Berlin.' }),
  /** Local time at which the trading day ends. */
  dayCutoff: localTime,
  stockPolicy: z.enum(STOCK_POLICIES, { error: 'Choose what happens when stock runs out.' }),
  autoConfirm: z.boolean(),
  ages: ticketAges,
  /** Where a channel's differ; null: as the restaurant's. */
  channelAges: z.strictObject(
    Object.fromEntries(CHANNELS.map((channel) => [channel, ticketAges.nullable()])) as Record<
      (typeof CHANNELS)[number],
      z.ZodNullable<typeof ticketAges>
    >,
  ),
})
export type Restaurant = z.output<typeof restaurantDocument>

const { ages, channelAges, isActive, autoConfirm, ...plain } = restaurantDocument.shape

/** Both empty: as the restaurant's. */
const typedAges = z.preprocess((value) => {
  const { amber, red } = (value ?? {}) as Partial<Record<keyof TicketAges, unknown>>
  return amber || red ? { amber, red } : null
}, ticketAges.nullable())

/** What a restaurant's form sends. */
export const restaurantForm = z.object({
  ...plain,
  isActive: ticked,
  autoConfirm: ticked,
  ages: z.preprocess((value) => value ?? {}, ages),
  channelAges: z.preprocess(
    (value) => value ?? {},
    z.object(
      Object.fromEntries(CHANNELS.map((channel) => [channel, typedAges])) as Record<
        (typeof CHANNELS)[number],
        typeof typedAges
      >,
    ),
  ),
})

const agesValues = (name: string, pair: TicketAges | null): FormValues => ({
  [`${name}.amber`]: pair ? String(pair.amber) : '',
  [`${name}.red`]: pair ? String(pair.red) : '',
})

/** What the form of a restaurant begins with. */
export const restaurantValues = (restaurant: Restaurant): FormValues => ({
  name: restaurant.name,
  slug: restaurant.slug,
  address: restaurant.address,
  phone: restaurant.phone,
  timeZone: restaurant.timeZone,
  openingTime: restaurant.openingTime,
  closingTime: restaurant.closingTime,
  dayCutoff: restaurant.dayCutoff,
  stockPolicy: restaurant.stockPolicy,
  ...tick('autoConfirm', restaurant.autoConfirm),
  ...tick('isActive', restaurant.isActive),
  ...agesValues('ages', restaurant.ages),
  ...Object.assign(
    {},
    ...CHANNELS.map((channel) => agesValues(`channelAges.${channel}`, restaurant.channelAges[channel])),
  ),
})
