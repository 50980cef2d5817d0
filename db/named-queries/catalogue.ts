import { z } from 'zod'
import { addDays, businessDate } from '@/domain/business-day'
import { parseRecipeSearch, RECIPE_SORTS } from '@/domain/recipe-search'
import { RECORD_SUBJECTS } from '@/domain/record'
import { previousRange, sameRangeLastYear } from '@/domain/report-range'
import { systemScope } from '@/domain/scope'
import { IMPORT_VERDICTS } from '@/domain/sheet'
import { OUTLIERS } from '@/domain/ticket-time'
import { CHANNELS, DIETS, ORDER_STATUSES, PURCHASE_STATUSES, ROLES, STORAGE_AREAS } from '@/domain/vocabulary'
import type { Db } from '../client'
import * as access from '../queries/access'
import * as activity from '../queries/activity'
import * as apiKeys from '../queries/api-keys'
import * as audit from '../queries/audit'
import * as bumpedTickets from '../queries/bumped-tickets'
import * as categories from '../queries/categories'
import * as changeSets from '../queries/change-sets'
import * as countCoverage from '../queries/count-coverage'
import * as customers from '../queries/customers'
import * as devices from '../queries/devices'
import * as dishBook from '../queries/dish-book'
import * as dishForm from '../queries/dish-form'
import * as eightySixSuggestions from '../queries/eighty-six-suggestions'
import * as exports from '../queries/export'
import * as findAnything from '../queries/find-anything'
import * as guestMenu from '../queries/guest-menu'
import * as health from '../queries/health'
import * as healthConnections from '../queries/health/connections'
import * as healthFigures from '../queries/health/figures'
import * as healthForeignKeys from '../queries/health/foreign-keys'
import * as healthIndexes from '../queries/health/indexes'
import * as healthNumberRoom from '../queries/health/number-room'
import * as healthStatements from '../queries/health/statements'
import * as healthTables from '../queries/health/tables'
import * as housekeeping from '../queries/housekeeping'
import * as imports from '../queries/imports'
import * as ingredientUse from '../queries/ingredient-use'
import * as ingredients from '../queries/ingredients'
import * as invalidations from '../queries/invalidations'
import * as inventory from '../queries/inventory'
import * as kitchen from '../queries/kitchen'
import * as lastChanges from '../queries/last-changes'
import * as leftOpen from '../queries/left-open'
import * as menuBulk from '../queries/menu-bulk'
import * as menuList from '../queries/menu-list'
import * as migrations from '../queries/migrations'
import * as orderDay from '../queries/order-day'
import * as orderEntry from '../queries/order-entry'
import * as orderHistory from '../queries/order-history'
import * as orderLists from '../queries/order-lists'
import * as orderableIngredients from '../queries/orderable-ingredients'
import * as orders from '../queries/orders'
import * as overrideGrid from '../queries/override-grid'
import * as overview from '../queries/overview'
import * as people from '../queries/people'
import * as photos from '../queries/photos'
import * as portions from '../queries/portions'
import * as publications from '../queries/publications'
import * as purchaseOrders from '../queries/purchase-orders'
import * as purchaseProposals from '../queries/purchase-proposals'
import * as recipeChoices from '../queries/recipe-choices'
import * as recipeFacets from '../queries/recipe-facets'
import * as recipeSearch from '../queries/recipe-search'
import * as recipeStatistics from '../queries/recipe-statistics'
import * as recipeTerms from '../queries/recipe-terms'
import * as recipes from '../queries/recipes'
import * as records from '../queries/records'
import * as referenceNames from '../queries/reference-names'
import * as reportDays from '../queries/reports/days'
import * as reportFigures from '../queries/reports/figures'
import * as foodCost from '../queries/reports/food-cost'
import * as heatMap from '../queries/reports/heat-map'
import * as productMix from '../queries/reports/product-mix'
import * as restaurantFigures from '../queries/reports/restaurants'
import * as speed from '../queries/reports/speed'
import * as wasteByCause from '../queries/reports/waste'
import * as restaurants from '../queries/restaurants'
import * as similarRecipes from '../queries/similar-recipes'
import * as stock from '../queries/stock'
import * as stockAlerts from '../queries/stock-alerts'
import * as stockCounts from '../queries/stock-counts'
import * as stockMovements from '../queries/stock-movements'
import * as stockTransfers from '../queries/stock-transfers'
import * as stockVariance from '../queries/stock-variance'
import * as stockedIngredients from '../queries/stocked-ingredients'
import * as stoppedDishes from '../queries/stopped-dishes'
import * as suppliers from '../queries/suppliers'
import * as usualSales from '../queries/usual-sales'
import * as viewers from '../queries/viewers'
import * as wall from '../queries/wall'
import * as waste from '../queries/waste'
import { type Example, example } from './example'
import type { Standing } from './standing'

/** The modules of db/queries, by file name. */
export const QUERY_MODULES = {
  access,
  activity,
  'api-keys': apiKeys,
  audit,
  'bumped-tickets': bumpedTickets,
  categories,
  'change-sets': changeSets,
  'count-coverage': countCoverage,
  customers,
  devices,
  'dish-book': dishBook,
  'dish-form': dishForm,
  'eighty-six-suggestions': eightySixSuggestions,
  export: exports,
  'find-anything': findAnything,
  'guest-menu': guestMenu,
  health,
  'health/connections': healthConnections,
  'health/figures': healthFigures,
  'health/foreign-keys': healthForeignKeys,
  'health/indexes': healthIndexes,
  'health/number-room': healthNumberRoom,
  'health/statements': healthStatements,
  'health/tables': healthTables,
  housekeeping,
  imports,
  'ingredient-use': ingredientUse,
  ingredients,
  invalidations,
  inventory,
  kitchen,
  'last-changes': lastChanges,
  'left-open': leftOpen,
  'menu-bulk': menuBulk,
  'menu-list': menuList,
  migrations,
  'order-day': orderDay,
  'order-entry': orderEntry,
  'order-history': orderHistory,
  'order-lists': orderLists,
  'orderable-ingredients': orderableIngredients,
  orders,
  'override-grid': overrideGrid,
  overview,
  people,
  photos,
  portions,
  publications,
  'purchase-orders': purchaseOrders,
  'purchase-proposals': purchaseProposals,
  'recipe-choices': recipeChoices,
  'recipe-facets': recipeFacets,
  'recipe-search': recipeSearch,
  'recipe-statistics': recipeStatistics,
  'recipe-terms': recipeTerms,
  recipes,
  records,
  'reference-names': referenceNames,
  'reports/days': reportDays,
  'reports/figures': reportFigures,
  'reports/food-cost': foodCost,
  'reports/heat-map': heatMap,
  'reports/product-mix': productMix,
  'reports/restaurants': restaurantFigures,
  'reports/speed': speed,
  'reports/waste': wasteByCause,
  restaurants,
  'similar-recipes': similarRecipes,
  'stock-alerts': stockAlerts,
  'stock-counts': stockCounts,
  'stock-movements': stockMovements,
  'stock-transfers': stockTransfers,
  'stock-variance': stockVariance,
  stock,
  'stocked-ingredients': stockedIngredients,
  'stopped-dishes': stoppedDishes,
  suppliers,
  'usual-sales': usualSales,
  viewers,
  wall,
  waste,
}

type Modules = typeof QUERY_MODULES
type Query = (db: Db, ...rest: never[]) => Promise<unknown>
type ArgumentsOf<F> = F extends (db: Db, ...rest: infer Arguments) => unknown ? Arguments : never
type QueriesOf<Module> = {
  [Name in keyof Module as Module[Name] extends Query ? Name : never]: Example<ArgumentsOf<Module[Name]>>
}

const whole = (standard: number) => z.int().default(standard)
const wholeOrNull = z.int().nullable().default(null)
const uuid = z.uuid()
const date = z.iso.date()
const orderId = { id: uuid.optional().describe('of the newest order') }
const purchaseId = { id: uuid.optional().describe('of the newest order') }
const NO_ORDER = '018f0000-0000-7000-8000-000000000000'
/** The business date of each restaurant of the person. */
const daysOf = ({ person, now }: Standing) =>
  person.restaurants.map(({ id, timeZone, dayCutoff }) => ({
    restaurantId: id,
    today: businessDate(now, timeZone, dayCutoff),
  }))
/** A report of the restaurant, or of all of the person's: of the last 28 days. */
const report = {
  wholeChain: z.boolean().default(false),
  from: date.optional().describe('28 days ago'),
  to: date.optional().describe('today'),
  outliers: z.enum(OUTLIERS).default('excluded'),
}
type Report = z.output<z.ZodObject<typeof report>>
const reportScope = (at: Standing, { wholeChain }: Report) =>
  wholeChain ? at.atChain('reports:read') : at.atRestaurant('reports:read')
const reportParams = (at: Standing, { from, to, outliers }: Report) => ({
  range: { from: from ?? addDays(at.today, -27), to: to ?? at.today },
  outliers,
})
const pageOf = { limit: whole(50) }
const word = z.string()
/** One value of an address, or several. */
const words = z.union([z.string(), z.array(z.coerce.string())]).optional()

/** The search page's address, as `parseRecipeSearch` reads it. */
const searchParams = {
  q: word.optional(),
  cuisine: words,
  difficulty: words,
  prep: word.optional().describe('any, in minutes'),
  experience: word.optional().describe('any, in years'),
  with: word.optional().describe('no ingredient ids'),
  without: word.optional().describe('no ingredient ids'),
  sort: z.enum(RECIPE_SORTS).default('prep'),
  after: word.optional().describe('the first page'),
  stock: word.optional().describe("no restaurant's slug"),
}

type SearchParams = z.output<z.ZodObject<typeof searchParams>>

const recipeFilter = (standing: Standing, { stock, ...given }: SearchParams) => ({
  search: parseRecipeSearch(stock === undefined ? given : { ...given, stock }),
  stock: stock === undefined ? null : standing.atRestaurant(undefined, stock),
})

/**
 * How each query is called, with what the pages send as defaults. A query without an entry does not compile; a module
 * that is missing above fails the test beside this file.
 */
export const EXAMPLES: { [Name in keyof Modules]: QueriesOf<Modules[Name]> } = {
  access: {
    findPerson: example({ token: word.optional().describe('of the newest session') }, (at, { token }) => [
      token ?? at.samples.sessionToken ?? 'no-session',
    ]),
    findPersonForOperator: example({ email: word.nullable().default(null) }, (_, { email }) => [
      systemScope(),
      { email },
    ]),
    findApiScope: example({ key: word.optional().describe('an unknown one') }, (at, { key }) => [
      key ?? `brg_${at.restaurant.id}_${'0'.repeat(43)}`,
    ]),
    findDeviceScope: example({ cookie: word.optional().describe('an unknown one') }, (at, { cookie }) => [
      cookie ?? access.deviceCookie({ restaurantId: at.restaurant.id, deviceId: 1, secret: '0'.repeat(43) }),
    ]),
    findGuestScope: example({ slug: word.optional().describe("the restaurant's") }, (at, { slug }) => [
      slug ?? at.restaurant.slug,
    ]),
    findPresentSlug: example({ former: word.default('no-such-slug') }, (_, { former }) => [former]),
    findPasswordLink: example({ token: word.optional().describe('an unknown one') }, (_, { token }) => [
      token ?? 'no-link',
    ]),
    mayBeginSession: example({ userId: z.int().optional().describe('yours') }, (at, { userId }) => [
      userId ?? at.person.userId,
    ]),
  },
  activity: {
    listTroubledSessions: example({ query: whole(5), report: whole(300), idle: whole(1) }, (_, limits) => [
      systemScope(),
      limits,
    ]),
    listIndexBuilds: example({}, () => [systemScope()]),
    getServerFigures: example({}, () => [systemScope()]),
  },
  'api-keys': {
    listApiKeys: example({ restaurantId: wholeOrNull, limit: whole(300) }, (at, params) => [
      at.atChain('chain:manage'),
      params,
    ]),
  },
  audit: {
    listAudit: example(
      {
        person: word.default(''),
        subject: word.nullable().default(null),
        subjectId: word.nullable().default(null),
        thing: word.default(''),
        from: z.coerce.date().nullable().default(null),
        to: z.coerce.date().nullable().default(null),
        before: wholeOrNull,
        ...pageOf,
      },
      (at, params) => [at.atChain('audit:read'), params],
    ),
    listPriceHistory: example(
      { ingredientId: z.int().optional().describe('the first') },
      (at, { ingredientId }) => [at.atChain('stock:read'), ingredientId ?? at.samples.ingredientId ?? 1],
    ),
  },
  'bumped-tickets': {
    listBumped: example({}, (at) => [at.atRestaurant()]),
  },
  'change-sets': {
    findOpenChangeSet: example({ id: whole(1) }, (at, { id }) => [at.atChain('menu:edit'), id]),
    listChangeSets: example(pageOf, (at, params) => [at.atChain('menu:edit'), params]),
    getChangeSet: example({ id: whole(1) }, (at, { id }) => [at.atChain('menu:edit'), id]),
    listOwnValues: example({ menuItemIds: z.array(z.int()).default([1, 2]) }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
    listRestaurantGroups: example(pageOf, (at, params) => [at.atChain('menu:edit'), params]),
  },
  categories: {
    listCategories: example({ changeSetId: wholeOrNull }, (at, params) => [at.atChain('menu:edit'), params]),
    getCategoryUse: example({ id: whole(1), limit: whole(12) }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
  },
  'count-coverage': {
    getCountCoverage: example({ since: date.optional().describe('28 days ago') }, (at, { since }) => [
      at.atRestaurant('stock:read'),
      { since: since ?? addDays(at.today, -28) },
    ]),
    getChainCountCoverage: example({ since: date.optional().describe('28 days ago') }, (at, { since }) => [
      at.atChain('reports:read'),
      { since: since ?? addDays(at.today, -28) },
    ]),
  },
  customers: {
    searchCustomers: example(
      { words: z.array(z.coerce.string()).default(['anna']), ...pageOf },
      (at, params) => [at.atChain('customers:read'), params],
    ),
    getCustomer: example({ id: whole(1) }, (at, { id }) => [at.atChain('customers:read'), id]),
    listCustomerOrders: example(
      { customerId: whole(1), before: uuid.nullable().default(null), ...pageOf },
      (at, params) => [at.atChain('customers:read'), params],
    ),
  },
  devices: {
    findPairing: example({ secretHash: word.default('no-secret') }, (_, { secretHash }) => [secretHash]),
    listDevices: example({ limit: whole(300) }, (at, params) => [at.atChain('devices:manage'), params]),
    getDevice: example({ deviceId: whole(1) }, (at, { deviceId }) => [
      at.atRestaurant('devices:manage'),
      deviceId,
    ]),
  },
  'dish-book': { getDishBook: example({}, (at) => [at.atRestaurant()]) },
  'eighty-six-suggestions': {
    listSuggestions: example({}, (at) => [at.atRestaurant('menu:eighty_six')]),
  },
  'find-anything': {
    findAnything: example(
      {
        words: z.array(z.coerce.string()).default(['risotto']),
        orderNumber: word.nullable().default(null),
        callNumber: z.int().nullable().default(1),
        limit: whole(5),
      },
      (at, params) => [
        at.atChain(),
        {
          ...params,
          days: [{ restaurantId: at.restaurant.id, businessDate: at.today }],
          suppliers: at.atChain('stock:read'),
          people: at.atChain('chain:manage'),
        },
      ],
    ),
  },
  export: {
    exportRecords: example({ after: whole(0), ...pageOf }, (at, params) => [
      at.atChain('menu:edit'),
      'menu_item',
      params,
    ]),
    exportRestaurants: example({ after: whole(0), ...pageOf }, (at, params) => [
      at.atChain('chain:manage'),
      params,
    ]),
    exportStockAlerts: example(
      { supplierId: wholeOrNull, quiet: z.boolean().default(true), ...pageOf },
      (at, params) => [at.atChain('stock:read'), { ...params, after: { restaurantId: 0, ingredientId: 0 } }],
    ),
  },
  'guest-menu': { getGuestMenu: example({}, (at) => [at.guest]) },
  health: {
    isReachable: example({}, () => []),
    getConnectionLimits: example({}, () => [systemScope()]),
  },
  'health/connections': { listConnections: example({}, () => [systemScope()]) },
  'health/figures': { getDatabaseFigures: example({}, () => [systemScope()]) },
  'health/foreign-keys': { listUnindexedForeignKeys: example({}, () => [systemScope()]) },
  'health/indexes': {
    listIndexFaults: example({ leastUnusedBytes: whole(1024 * 1024) }, (_, params) => [
      systemScope(),
      params,
    ]),
  },
  'health/number-room': { getNumberRoom: example({}, () => [systemScope()]) },
  'health/statements': {
    listSlowestStatements: example({}, () => [systemScope()]),
    findStatement: example(
      {
        id: z
          .string()
          .regex(/^-?\d+$/)
          .default('0'),
      },
      (_, params) => [systemScope(), params],
    ),
  },
  'health/tables': { listTables: example({}, () => [systemScope()]) },
  housekeeping: { listJobs: example({}, () => [systemScope()]) },
  imports: {
    listImports: example({ limit: whole(50) }, (at, params) => [at.atChain('menu:edit'), params]),
    getImport: example({ importId: whole(1) }, (at, { importId }) => [at.atChain('menu:edit'), importId]),
    listImportRows: example(
      {
        importId: whole(1),
        verdict: z.enum(IMPORT_VERDICTS).nullable().default(null),
        after: whole(0),
        ...pageOf,
      },
      (at, params) => [at.atChain('menu:edit'), params],
    ),
    listRefusedRows: example({ importId: whole(1), after: whole(0), ...pageOf }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
  },
  'ingredient-use': {
    listIngredientUse: example(
      { ingredientId: z.int().optional().describe('the first'), days: whole(90) },
      (at, { ingredientId, days }) => [
        at.atRestaurant('stock:read'),
        {
          ingredientId: ingredientId ?? at.samples.ingredientId ?? 1,
          from: addDays(at.today, -days),
          today: at.today,
        },
      ],
    ),
    listPaidPrices: example(
      { ingredientId: z.int().optional().describe('the first'), ...pageOf },
      (at, { ingredientId, ...params }) => [
        at.atRestaurant('stock:read'),
        { ...params, ingredientId: ingredientId ?? at.samples.ingredientId ?? 1 },
      ],
    ),
  },
  ingredients: {
    findIngredientNames: example(
      { ids: z.array(z.int()).default([]), text: word.default('tomato'), limit: whole(8) },
      (at, params) => [at.atChain(), params],
    ),
    listIngredients: example(
      {
        search: word.default(''),
        supplierId: wholeOrNull,
        gap: z.enum(ingredients.INGREDIENT_GAPS).nullable().default(null),
        isActive: z.boolean().default(true),
        page: whole(1),
        pageSize: whole(50),
      },
      (at, params) => [at.atChain('menu:edit'), params],
    ),
    getIngredientUse: example({ id: whole(1), limit: whole(10) }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
  },
  invalidations: {
    listStaleTags: example({ lastId: whole(1) }, (_, { lastId }) => [systemScope(), lastId]),
  },
  inventory: {
    countLowStock: example({}, (at) => [at.atRestaurant()]),
    listLowStock: example(
      { threshold: word.exactOptional().describe("each one's minimum"), ...pageOf },
      (at, params) => [at.atChain('stock:read'), params],
    ),
  },
  'left-open': {
    listLeftOpen: example({ ...pageOf }, (at, params) => [at.atRestaurant(), { ...params, today: at.today }]),
    countLeftOpen: example({}, (at) => [
      at.atChain(),
      {
        days: at.person.restaurants.map(({ id, timeZone, dayCutoff }) => ({
          restaurantId: id,
          businessDate: businessDate(at.now, timeZone, dayCutoff),
        })),
      },
    ]),
  },
  kitchen: {
    getKitchenDay: example({ date: date.optional().describe('today') }, (at, { date: asked }) => [
      at.atRestaurant(),
      asked ?? at.today,
    ]),
    countOpenTickets: example({}, (at) => [at.atChain()]),
  },
  'dish-form': {
    getRecipeFacts: example({ id: whole(1) }, (at, { id }) => [at.atChain('menu:edit'), id, null]),
    listDraftedRecipes: example({ words: word.default('soup'), changeSetId: whole(1) }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
    getDishSurroundings: example({ id: whole(1) }, (at, { id }) => [at.atChain('menu:edit'), id, null]),
  },
  'menu-bulk': {
    listDishesToChange: example({ ids: z.array(z.int()).default([1, 2, 3]) }, (at, { ids }) => [
      at.atChain('menu:edit'),
      { selection: { ids } },
    ]),
    listDishDrafts: example(
      { changeSetId: whole(1), ids: z.array(z.int()).default([1, 2, 3]) },
      (at, params) => [at.atChain('menu:edit'), params],
    ),
  },
  'last-changes': {
    listLastChanges: example({ id: whole(1), field: word.default('price') }, (at, { id, field }) => [
      at.atChain('menu:edit'),
      [{ subject: 'menu_item', key: { id, restaurantId: null }, field }],
    ]),
  },
  'menu-list': {
    getMenuPage: example(
      {
        wholeChain: z.boolean().default(true),
        search: word.default(''),
        categoryId: wholeOrNull,
        minPrice: wholeOrNull,
        maxPrice: wholeOrNull,
        maxPrepMinutes: wholeOrNull,
        diet: z.enum(DIETS).nullable().default(null),
        status: z.enum(['available', 'eighty_sixed', 'off_menu']).default('available'),
        sort: z.enum(menuList.MENU_SORTS).default('popularity'),
        descending: z.boolean().default(true),
        page: whole(1),
        pageSize: whole(20),
        featured: whole(6),
      },
      (at, { wholeChain, ...params }) => {
        const scope = wholeChain ? at.atChain('stock:read') : at.atRestaurant('stock:read')
        return [scope, { ...params, costs: scope, edits: wholeChain ? at.atChain('menu:edit') : null }]
      },
    ),
  },
  migrations: {
    listBackfills: example({}, () => [systemScope()]),
    listApplied: example({}, () => [systemScope()]),
    findMigrator: example({}, () => [systemScope()]),
  },
  'order-day': {
    getOrderDay: example(
      {
        date: date.optional().describe('today'),
        search: word.default(''),
        channel: z.enum(CHANNELS).nullable().default(null),
        status: z.enum(ORDER_STATUSES).nullable().default(null),
        before: wholeOrNull,
        ...pageOf,
      },
      (at, { date: asked, ...params }) => [at.atRestaurant(), { ...params, businessDate: asked ?? at.today }],
    ),
    findOrderByNumber: example({ number: word.default('ORD2026010100000000') }, (at, { number }) => [
      at.atRestaurant(),
      number,
    ]),
  },
  'order-entry': { listDishesToOrder: example({}, (at) => [at.atRestaurant('orders:place')]) },
  'order-history': {
    listOrderEvents: example(orderId, (at, { id }) => [
      at.atRestaurant(),
      id ?? at.samples.orderId ?? NO_ORDER,
    ]),
    listOrderMovements: example(orderId, (at, { id }) => [
      at.atRestaurant('stock:read'),
      id ?? at.samples.orderId ?? NO_ORDER,
    ]),
  },
  'order-lists': {
    todaysOrders: example(
      { date: date.optional().describe('today'), after: whole(0), ...pageOf },
      (at, { date: asked, ...params }) => [at.atRestaurant(), { ...params, businessDate: asked ?? at.today }],
    ),
    pendingOrders: example(pageOf, (at, params) => [at.atRestaurant(), params]),
    ordersByRestaurant: example(
      { before: uuid.exactOptional().describe('the newest order'), ...pageOf },
      (at, params) => [at.atRestaurant(), params],
    ),
  },
  orders: {
    getOrder: example(orderId, (at, { id }) => [at.atRestaurant(), id ?? at.samples.orderId ?? NO_ORDER]),
  },
  'override-grid': {
    listOverrideGrid: example({ menuItemId: whole(1), changeSetId: wholeOrNull }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
  },
  overview: {
    listOverview: example({ date: date.optional().describe('today') }, (at, { date: asked }) => [
      at.atChain(),
      {
        now: at.now,
        days: at.person.restaurants.map(({ id, timeZone, dayCutoff }) => ({
          restaurantId: id,
          businessDate: asked ?? businessDate(at.now, timeZone, dayCutoff),
        })),
      },
    ]),
  },
  people: {
    listPeople: example(
      {
        words: z.array(z.coerce.string()).default([]),
        role: z.enum(ROLES).nullable().default(null),
        restaurantId: wholeOrNull,
        isActive: z.boolean().default(true),
        after: wholeOrNull,
        ...pageOf,
      },
      (at, params) => [at.atChain('chain:manage'), params],
    ),
    getPerson: example({ userId: z.int().optional().describe('you') }, (at, { userId }) => [
      at.atChain('chain:manage'),
      userId ?? at.person.userId,
    ]),
    listSessions: example({ userId: z.int().optional().describe('you') }, (at, { userId }) => [
      at.atChain('chain:manage'),
      { userId: userId ?? at.person.userId, currentToken: null },
    ]),
  },
  portions: { listPortions: example({}, (at) => [at.atRestaurant('stock:read')]) },
  'orderable-ingredients': {
    listOrderableIngredients: example({ supplierId: wholeOrNull }, (at, { supplierId }) => [
      at.atRestaurant('stock:read'),
      { supplierId: supplierId ?? at.samples.supplierId ?? 0 },
    ]),
    findOrderableIngredients: example({ names: z.array(z.string()).default(['butter']) }, (at, params) => [
      at.atRestaurant('stock:read'),
      params,
    ]),
  },
  'purchase-orders': {
    listPurchaseOrders: example(
      {
        statuses: z.array(z.enum(PURCHASE_STATUSES)).nullable().default(null),
        supplierId: wholeOrNull,
        before: wholeOrNull,
        ...pageOf,
      },
      (at, params) => [at.atRestaurant('stock:read'), params],
    ),
    getPurchaseOrder: example(purchaseId, (at, { id }) => [
      at.atRestaurant('stock:read'),
      { orderId: id ?? at.samples.purchaseId ?? NO_ORDER },
    ]),
  },
  'purchase-proposals': {
    listProposals: example({}, (at) => [at.atRestaurant('stock:read'), { today: at.today }]),
  },
  'recipe-choices': {
    listRecipeChoices: example(
      { ingredientIds: z.array(z.int()).default([]), chefId: wholeOrNull },
      (at, params) => [at.atChain('menu:edit'), params],
    ),
    findTypedNames: example(
      {
        chef: word.default('a name'),
        ingredients: z.array(z.coerce.string()).default(['tomato']),
        chefId: wholeOrNull,
      },
      (at, params) => [at.atChain('menu:edit'), params],
    ),
    listDishesSelling: example({ recipeId: z.int().optional().describe('the first') }, (at, { recipeId }) => [
      at.atChain('menu:edit'),
      { recipeId: recipeId ?? at.samples.recipeId ?? 1 },
    ]),
  },
  photos: {
    listKeptPhotos: example({ photos: z.array(z.string()).default(['a'.repeat(64)]) }, (_at, params) => [
      systemScope(),
      params,
    ]),
  },
  publications: {
    listPublications: example({ changeSetId: wholeOrNull, before: wholeOrNull, ...pageOf }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
  },
  'recipe-facets': {
    countRecipes: example(searchParams, async (at, params, db) => [
      at.atChain(),
      await recipeTerms.resolveRecipeSearch(db, at.atChain(), recipeFilter(at, params)),
    ]),
  },
  'recipe-search': {
    searchRecipes: example(searchParams, async (at, params, db) => [
      at.atChain(),
      await recipeTerms.resolveRecipeSearch(db, at.atChain(), recipeFilter(at, params)),
      { costs: at.atChain('stock:read') },
    ]),
  },
  'recipe-statistics': { getRecipeStatistics: example({}, (at) => [at.atChain()]) },
  'recipe-terms': {
    resolveRecipeSearch: example({ ...searchParams, q: word.default('roasted') }, (at, params) => [
      at.atChain(),
      recipeFilter(at, params),
    ]),
  },
  recipes: {
    getRecipeCard: example(
      { recipeId: z.int().optional().describe('the first'), portions: whole(1) },
      (at, { recipeId, portions }) => [
        at.atChain(),
        { recipeId: recipeId ?? at.samples.recipeId ?? 1, portions, costs: at.atChain('stock:read') },
      ],
    ),
    listDishesUsing: example(
      { ingredientId: z.int().optional().describe('the first'), ...pageOf },
      (at, { ingredientId, limit }) => [
        at.atChain(),
        { ingredientId: ingredientId ?? at.samples.ingredientId ?? 1, limit },
      ],
    ),
  },
  records: {
    getRecord: example(
      { subject: z.enum(RECORD_SUBJECTS).default('menu_item'), id: whole(1), changeSetId: wholeOrNull },
      (at, { subject, id, changeSetId }) => [
        at.atChain<'menu:edit' | 'chain:manage'>('menu:edit'),
        subject,
        { id, restaurantId: subject === 'menu_override' ? at.restaurant.id : null },
        changeSetId,
      ],
    ),
  },
  'reference-names': {
    getReferenceNames: example({ ids: z.array(z.int()).default([1, 2]) }, (at, { ids }) => [
      at.atChain(),
      { category: ids, recipe: ids, ingredient: ids, supplier: ids, chef: ids },
    ]),
  },
  'reports/days': {
    listDays: example(report, (at, asked) => [reportScope(at, asked), reportParams(at, asked)]),
  },
  'reports/figures': {
    getFigures: example(report, (at, asked) => {
      const { range, outliers } = reportParams(at, asked)
      const ranges = [range, previousRange(range), sameRangeLastYear(range)]
      return [reportScope(at, asked), { ranges, outliers }]
    }),
  },
  'reports/food-cost': {
    getFoodCost: example(report, (at, asked) => [reportScope(at, asked), reportParams(at, asked)]),
  },
  'reports/heat-map': {
    getHeatMap: example(report, (at, asked) => [reportScope(at, asked), reportParams(at, asked)]),
  },
  'reports/product-mix': {
    listProductMix: example(report, (at, asked) => [reportScope(at, asked), reportParams(at, asked)]),
  },
  'reports/restaurants': {
    listRestaurantFigures: example(report, (at, asked) => [
      at.atChain('reports:read'),
      reportParams(at, asked),
    ]),
  },
  'reports/speed': {
    listChannels: example(report, (at, asked) => [reportScope(at, asked), reportParams(at, asked)]),
    listStations: example(report, (at, asked) => [reportScope(at, asked), reportParams(at, asked)]),
  },
  'reports/waste': {
    listWasteByCause: example(report, (at, asked) => [reportScope(at, asked), reportParams(at, asked)]),
  },
  restaurants: {
    listRestaurants: example({ search: word.default(''), limit: whole(500) }, (at, params) => [
      at.atChain('chain:manage'),
      params,
    ]),
    getRestaurantUse: example({ id: z.int().optional().describe("the restaurant's") }, (at, { id }) => [
      at.atChain('chain:manage'),
      id ?? at.restaurant.id,
    ]),
  },
  'similar-recipes': {
    listSimilarRecipes: example(
      { recipeId: z.int().optional().describe('the first'), limit: whole(10) },
      (at, { recipeId, limit }) => [at.atChain(), { recipeId: recipeId ?? at.samples.recipeId ?? 1, limit }],
    ),
  },
  stock: {
    listStock: example(
      {
        search: word.default(''),
        supplierId: wholeOrNull,
        storageArea: z.enum(STORAGE_AREAS).nullable().default(null),
        filter: z.enum(stock.STOCK_FILTERS).default('all'),
        sort: z.enum(stock.STOCK_SORTS).default('days_left'),
        descending: z.boolean().default(false),
        after: word.nullable().default(null),
        ...pageOf,
      },
      (at, params) => [at.atRestaurant('stock:read'), { ...params, today: at.today }],
    ),
    getStockIngredient: example(
      { ingredientId: z.int().optional().describe('the first') },
      (at, { ingredientId }) => [
        at.atRestaurant('stock:read'),
        { ingredientId: ingredientId ?? at.samples.ingredientId ?? 1, today: at.today },
      ],
    ),
  },
  'stock-alerts': {
    listAlertsBySupplier: example(
      { supplierId: wholeOrNull, page: whole(1), quiet: z.boolean().default(false) },
      (at, params) => [at.atChain('stock:read'), { ...params, days: daysOf(at) }],
    ),
    countAlerts: example({}, (at) => [at.atChain('stock:read')]),
  },
  'stock-counts': {
    listStockCounts: example({ before: uuid.nullable().default(null), ...pageOf }, (at, params) => [
      at.atRestaurant('stock:read'),
      params,
    ]),
    getCountSheet: example(
      { id: uuid.optional().describe('of the newest count'), reveals: z.boolean().default(false) },
      (at, { id, reveals }) => [
        at.atRestaurant('stock:read'),
        { countId: id ?? at.samples.countId ?? NO_ORDER, reveals },
      ],
    ),
  },
  'stocked-ingredients': {
    listStockedIngredients: example({ limit: whole(1000) }, (at, params) => [
      at.atRestaurant('stock:read'),
      params,
    ]),
    findIngredientsByName: example({ names: z.array(word).default(['tomatoes']) }, (at, params) => [
      at.atRestaurant('stock:write'),
      params,
    ]),
  },
  'stock-movements': {
    listStockMovements: example(
      {
        ingredientId: z.int().optional().describe('the first'),
        before: uuid.exactOptional().describe('the newest'),
        ...pageOf,
      },
      (at, { ingredientId, ...params }) => [
        at.atRestaurant('stock:read'),
        { ...params, ingredientId: ingredientId ?? at.samples.ingredientId ?? 1 },
      ],
    ),
  },
  'stock-transfers': {
    listTransfers: example({ before: uuid.nullable().default(null), ...pageOf }, (at, params) => [
      at.atRestaurant('stock:read'),
      params,
    ]),
  },
  'stock-variance': {
    getStockVariance: example({ days: whole(28), limit: whole(50) }, (at, { days, limit }) => [
      at.atRestaurant('stock:read'),
      { from: addDays(at.today, -days), to: addDays(at.today, -1), today: at.today, limit },
    ]),
  },
  'stopped-dishes': {
    listStoppedDishes: example(
      { ingredientId: z.int().optional().describe('the first') },
      (at, { ingredientId }) => [
        at.atRestaurant('stock:read'),
        {
          pairs: [
            { restaurantId: at.restaurant.id, ingredientId: ingredientId ?? at.samples.ingredientId ?? 1 },
          ],
        },
      ],
    ),
  },
  suppliers: {
    listIngredientsBySupplier: example(
      {
        supplierId: z.int().optional().describe('the first'),
        after: word.exactOptional().describe('the first name'),
        ...pageOf,
      },
      (at, { supplierId, ...params }) => [
        at.atRestaurant('stock:read'),
        { ...params, supplierId: supplierId ?? at.samples.supplierId ?? 1 },
      ],
    ),
    listSuppliers: example({ search: word.default(''), limit: whole(500) }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
    getSupplierUse: example({ id: whole(1), limit: whole(20) }, (at, params) => [
      at.atChain('menu:edit'),
      params,
    ]),
    listSupplierNames: example({ present: wholeOrNull }, (at, params) => [at.atChain('menu:edit'), params]),
  },
  'usual-sales': {
    listUsualSales: example(
      {
        date: date.optional().describe('today'),
        hoursOver: whole(8).describe('hours from the day cutoff on'),
      },
      (at, { date: asked, hoursOver }) => [
        at.atChain(),
        at.person.restaurants.map(({ id, timeZone, dayCutoff }) => ({
          restaurantId: id,
          businessDate: asked ?? businessDate(at.now, timeZone, dayCutoff),
          hoursOver,
        })),
      ],
    ),
  },
  viewers: {
    findEndedViewers: example(
      { sessionToken: word.optional().describe('of the newest session') },
      (at, { sessionToken }) => [
        [
          {
            scope: at.atRestaurant('tickets:bump'),
            sessionToken: sessionToken ?? at.samples.sessionToken ?? 'no-session',
          },
        ],
      ],
    ),
  },
  wall: {
    takeWall: example({}, (at) => [at.atRestaurant()]),
    wallChanges: example({ since: whole(0) }, (at, { since }) => [at.atRestaurant(), since]),
    readFeeds: example({}, (at) => [[at.atRestaurant()]]),
  },
  waste: {
    listWaste: example({ before: uuid.nullable().default(null), ...pageOf }, (at, params) => [
      at.atRestaurant('stock:read'),
      params,
    ]),
  },
}
