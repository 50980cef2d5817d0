import type { MoneyFormat } from '@/app/_ui/money'
import type { ReferenceNames } from '@/db/queries/reference-names'
import { formatMoney } from '@/domain/money'
import type { RecordSubject } from '@/domain/record'
import type { ReferenceKind } from '@/domain/references'
import { formatUnitPrice } from '@/domain/unit-price'
import type { Channel } from '@/domain/vocabulary'
import { CHANNEL_WORDS } from '../orders/words'
import { lineChanges, stepChanges } from './list-words'
import { STATION_WORDS } from './station-words'

/** How numbers are written for the reader, and what the numbers of other records stand for. */
export type WordsContext = { format: MoneyFormat; names: ReferenceNames }

type ValueWords = (value: unknown, context: WordsContext) => string
type FieldWords = {
  label: string
  value: ValueWords
  /** For lists, which are told item by item. */
  changes?: (before: unknown, after: unknown, context: WordsContext) => string[]
}

const NOTHING = '–'
const plain = (value: unknown): string => (value === null || value === '' ? NOTHING : String(value))
const text: ValueWords = plain
const yesNo: ValueWords = (value) => (value ? 'yes' : 'no')
const figure =
  (unit: string): ValueWords =>
  (value, { format }) =>
    typeof value === 'number' ? `${value.toLocaleString(format.locale)} ${unit}`.trim() : plain(value)
const money: ValueWords = (value, { format }) =>
  typeof value === 'number' ? formatMoney(value, format.currency, format.locale) : NOTHING
const orAsTheChain =
  (words: ValueWords): ValueWords =>
  (value, context) =>
    value === null ? 'as the chain' : words(value, context)
const reference =
  (kind: ReferenceKind): ValueWords =>
  (value, { names }) =>
    typeof value === 'number' ? (names[kind][value]?.name ?? `no. ${value}`) : NOTHING
const listed: ValueWords = (value) =>
  Array.isArray(value) && value.length > 0 ? value.map(String).join(', ') : 'none'
const animals: ValueWords = (value, context) => {
  if (!Array.isArray(value)) return 'not known'
  return value.length > 0 ? listed(value, context) : 'nothing'
}
/** Cents with decimals, of one unit. */
const unitPrice: ValueWords = (value, { format }) =>
  typeof value === 'string' ? formatUnitPrice(value, format.currency, format.locale) : plain(value)

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const days: ValueWords = (value) =>
  Array.isArray(value) ? value.map((day) => DAYS[Number(day) - 1] ?? day).join(', ') : NOTHING
const ages: ValueWords = (value) => {
  const { amber, red } = (value ?? {}) as { amber?: number; red?: number }
  return value ? `due after ${amber}, late after ${red} min` : 'as the restaurant'
}
const channelAges: ValueWords = (value, context) => {
  const own = Object.entries((value ?? {}) as Record<Channel, unknown>).filter(([, age]) => age !== null)
  return (
    own.map(([channel, age]) => `${CHANNEL_WORDS[channel as Channel]}: ${ages(age, context)}`).join('; ') ||
    NOTHING
  )
}
const POLICIES: Record<string, string> = { warn: 'warn about it', refuse: 'refuse the order' }

const name = { label: 'Name', value: text }
const description = { label: 'Description', value: text }
const isActive = { label: 'Active', value: yesNo }

/** What every field of every record is called, and how its values are read. */
const WORDS: Record<RecordSubject, Record<string, FieldWords>> = {
  menu_item: {
    name,
    description,
    price: { label: 'Price', value: money },
    categoryId: { label: 'Category', value: reference('category') },
    recipeId: { label: 'Recipe', value: reference('recipe') },
    station: {
      label: 'Station',
      value: (value) => STATION_WORDS[value as never] ?? plain(value),
    },
    prepMinutes: { label: 'Prep', value: figure('min') },
    calories: {
      label: 'Calories',
      value: (value, context) => (value === null ? 'as the recipe says' : figure('kcal')(value, context)),
    },
    isAvailable: { label: 'On the menu', value: yesNo },
    isFeatured: { label: 'Featured', value: yesNo },
    photo: { label: 'Photo', value: (value) => (value === null ? 'none' : 'a picture') },
  },
  menu_override: {
    price: { label: 'Price', value: orAsTheChain(money) },
    isAvailable: { label: 'On the menu', value: orAsTheChain(yesNo) },
    // An 86 stands with the overrides in the audit.
    eightySixUntil: {
      label: '86’d until',
      value: (value) => (value === null ? 'not' : value === 'infinity' ? 'further notice' : String(value)),
    },
    portionsLeft: {
      label: 'Portions left',
      value: (value) => (value === null ? 'not counted' : String(value)),
    },
  },
  category: {
    name,
    description,
    isActive,
    sortOrder: { label: 'Place', value: (n) => String(Number(n) + 1) },
  },
  recipe: {
    title: { label: 'Title', value: text },
    cuisine: { label: 'Cuisine', value: text },
    difficulty: { label: 'Difficulty', value: text },
    prepMinutes: { label: 'Prep', value: figure('min') },
    chefId: { label: 'Chef', value: reference('chef') },
    calories: { label: 'Calories', value: figure('kcal') },
    lines: {
      label: 'Recipe card',
      value: (value) => counted(value, 'line'),
      changes: (before, after, { names }) => lineChanges(before, after, names.ingredient),
    },
    steps: { label: 'Method', value: (value) => counted(value, 'step'), changes: stepChanges },
  },
  ingredient: {
    name,
    unit: { label: 'Unit', value: text },
    unitPrice: { label: 'Price of a unit', value: unitPrice },
    supplierId: { label: 'Supplier', value: reference('supplier') },
    isActive,
    packSize: { label: 'Pack size', value: text },
    minimum: { label: 'Minimum', value: text },
    storageArea: { label: 'Kept', value: text },
    allergens: { label: 'Allergens', value: listed },
    animalSources: { label: 'From animals', value: animals },
  },
  supplier: {
    name,
    contactPerson: { label: 'Contact', value: text },
    phone: { label: 'Phone', value: text },
    email: { label: 'Email', value: text },
    address: { label: 'Address', value: text },
    isActive,
    rating: { label: 'Rating', value: figure('of 5') },
    leadTimeDays: { label: 'Lead time', value: figure('days') },
    orderDays: { label: 'Order days', value: days },
    minimumOrder: { label: 'Least order', value: money },
  },
  restaurant: {
    name,
    slug: { label: 'Address on the web', value: text },
    address: { label: 'Address', value: text },
    phone: { label: 'Phone', value: text },
    isActive,
    openingTime: { label: 'Opens', value: text },
    closingTime: { label: 'Closes', value: text },
    timeZone: { label: 'Time zone', value: text },
    dayCutoff: { label: 'Trading day ends', value: text },
    stockPolicy: {
      label: 'When stock runs out',
      value: (value) => POLICIES[String(value)] ?? plain(value),
    },
    autoConfirm: { label: 'Confirms orders itself', value: yesNo },
    ages: { label: 'Ticket ages', value: ages },
    channelAges: { label: 'Ticket ages by channel', value: channelAges },
  },
}

const counted = (value: unknown, what: string) => {
  const count = Array.isArray(value) ? value.length : 0
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** What a kind of record is called in a sentence. */
export const SUBJECT_WORDS: Record<RecordSubject, string> = {
  menu_item: 'Dish',
  menu_override: 'Dish in a restaurant',
  category: 'Category',
  recipe: 'Recipe',
  ingredient: 'Ingredient',
  supplier: 'Supplier',
  restaurant: 'Restaurant',
}

/** A field's name for the reader. A field that was given up keeps its technical name. */
export const fieldLabel = (subject: RecordSubject, field: string): string =>
  WORDS[subject][field]?.label ?? field

/** A field's value for the reader. */
export function valueWords(
  subject: RecordSubject,
  field: string,
  value: unknown,
  context: WordsContext,
): string {
  if (value === undefined) return NOTHING
  const words = WORDS[subject][field]
  return words ? words.value(value, context) : JSON.stringify(value)
}

export type FieldChange = {
  field: string
  label: string
  /** Null where `items` say it all, and for what was not there before. */
  before: string | null
  after: string | null
  /** Of lists: what happened to each item, in words. */
  items: string[]
}

/** What happened to each field, in the order in which forms show them. `before` is null for what is new. */
export function changeWords(
  subject: RecordSubject,
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>>,
  context: WordsContext,
): FieldChange[] {
  const known = Object.keys(WORDS[subject])
  const fields = [
    ...known.filter((field) => field in after),
    ...Object.keys(after).filter((f) => !known.includes(f)),
  ]
  return fields.map((field) => {
    const words = WORDS[subject][field]
    const label = words?.label ?? field
    if (words?.changes && before !== null) {
      return {
        field,
        label,
        before: null,
        after: null,
        items: words.changes(before[field], after[field], context),
      }
    }
    return {
      field,
      label,
      before: before === null ? null : valueWords(subject, field, before[field], context),
      after: valueWords(subject, field, after[field], context),
      items: [],
    }
  })
}
