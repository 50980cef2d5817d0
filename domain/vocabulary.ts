/** The closed lists of the business. Database checks, zod schemas and screens are all written from these. */

export const UNITS = ['kg', 'g', 'l', 'ml', 'pcs', 'cups'] as const
export type Unit = (typeof UNITS)[number]

export const ROLES = ['admin', 'manager', 'kitchen'] as const
export type Role = (typeof ROLES)[number]

export const ORDER_STATUSES = [
  'pending',
  'confirmed',
  'preparing',
  'ready',
  'delivered',
  'cancelled',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** A ticket is open from the moment it is placed until it leaves the pass. */
export const OPEN_STATUSES = ['pending', 'confirmed', 'preparing', 'ready'] as const satisfies OrderStatus[]

export const ITEM_STATUSES = ['waiting', 'cooking', 'done'] as const
export type ItemStatus = (typeof ITEM_STATUSES)[number]

export const CHANNELS = ['dine_in', 'takeaway', 'delivery'] as const
export type Channel = (typeof CHANNELS)[number]

export const STATIONS = ['grill', 'fry', 'saute', 'pasta', 'pizza', 'cold', 'pastry', 'bar'] as const
export type Station = (typeof STATIONS)[number]

export const STOCK_POLICIES = ['warn', 'refuse'] as const
export type StockPolicy = (typeof STOCK_POLICIES)[number]

export const MOVEMENT_KINDS = ['received', 'consumed', 'reversed', 'waste', 'count', 'transfer'] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

/** Where an ingredient is kept, in the order in which a count walks through the house. */
export const STORAGE_AREAS = ['dry', 'chilled', 'frozen', 'bar'] as const
export type StorageArea = (typeof STORAGE_AREAS)[number]

export const WASTE_REASONS = [
  'spoiled',
  'expired',
  'dropped',
  'overcooked',
  'returned',
  'trimmings',
  'staff_meal',
  'other',
] as const
export type WasteReason = (typeof WASTE_REASONS)[number]

/** What a business day's figures are told apart by. */
export const FIGURE_DIMENSIONS = ['day', 'channel', 'station', 'hour'] as const
export type FigureDimension = (typeof FIGURE_DIMENSIONS)[number]

/** Waste by its reason, or the ingredients of an order that was cancelled after somebody had begun to cook. */
export const WASTE_CAUSES = [...WASTE_REASONS, 'cancelled_order'] as const
export type WasteCause = (typeof WASTE_CAUSES)[number]

/** What a day's food cost consists of: sales by recipe card, what the kitchen went through, and of that the waste. */
export const FOOD_COST_PARTS = ['theoretical', 'actual', ...WASTE_CAUSES] as const

/** Why the figures of a closed day were computed again. */
export const RECOMPUTED_REASONS = ['order_changed', 'asked'] as const
export type RecomputedReason = (typeof RECOMPUTED_REASONS)[number]

export const PURCHASE_STATUSES = [
  'draft',
  'sent',
  'partly_received',
  'received',
  'closed_short',
  'cancelled',
] as const
export type PurchaseStatus = (typeof PURCHASE_STATUSES)[number]

/** A line is open once its order was sent, and done when all came or nobody waits for the rest. */
export const PURCHASE_LINE_STATUSES = ['draft', 'open', 'done'] as const

export const COUNT_STATUSES = ['open', 'posted', 'dropped'] as const
export type CountStatus = (typeof COUNT_STATUSES)[number]

/** From the mildest to the worst: will be low before more can come, at or below the minimum, nothing left. */
export const ALERT_KINDS = ['forecast', 'low', 'out'] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

export const ORDER_EVENT_KINDS = [
  'placed',
  'confirmed',
  'preparing',
  'ready',
  'delivered',
  'cancelled',
  'recalled',
  'changed',
  'item_status',
  'acknowledged',
] as const
export type OrderEventKind = (typeof ORDER_EVENT_KINDS)[number]

/** The 14 allergens that Regulation (EU) No 1169/2011, Annex II, obliges a restaurant to declare. */
export const ALLERGENS = [
  'gluten',
  'crustaceans',
  'eggs',
  'fish',
  'peanuts',
  'soybeans',
  'milk',
  'nuts',
  'celery',
  'mustard',
  'sesame',
  'sulphites',
  'lupin',
  'molluscs',
] as const
export type Allergen = (typeof ALLERGENS)[number]

/**
 * What of an ingredient comes from animals. `meat` is all of a slaughtered animal, stock, lard and gelatine too, but the
 * rennet of many cheeses, which is asked for by itself since nobody expects it; `fish` is all seafood.
 */
export const ANIMAL_SOURCES = ['meat', 'fish', 'rennet', 'dairy', 'egg', 'honey'] as const
export type AnimalSource = (typeof ANIMAL_SOURCES)[number]

/** What guests ask for that the ingredients of a dish can answer. The stricter of two comes first. */
export const DIETS = ['vegan', 'vegetarian', 'pescatarian', 'gluten_free', 'dairy_free', 'nut_free'] as const
export type Diet = (typeof DIETS)[number]
