import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, businessDate } from '@/domain/business-day'
import type { RecipeRowLine } from '@/domain/recipe-row'
import { parseRecipeSearch, type SearchParams } from '@/domain/recipe-search'
import { chainScope, restaurantScope, systemScope } from '@/domain/scope'
import { type Database, openSession } from './client'
import { explainWork, type Plan } from './explain'
import { knownCustomer } from './fragments/known-customer'
import { checkSheetRows } from './import/sheet-rows'
import { purgeOrders } from './jobs/purge'
import { cancelByKey } from './mutations/order-cancel'
import { createRecipes, type NewRecipe } from './mutations/recipes'
import { transact } from './mutations/transact'
import { undoPublication } from './mutations/undo'
import { setPasswordByLink } from './mutations/users'
import { findPerson, passwordLinkIdentifier, type SignedInPerson } from './queries/access'
import { listAudit, listPriceHistory } from './queries/audit'
import { listBumped } from './queries/bumped-tickets'
import { getChainCountCoverage } from './queries/count-coverage'
import { getCustomer, listCustomerOrders, searchCustomers } from './queries/customers'
import { listSuggestions } from './queries/eighty-six-suggestions'
import { findAnything } from './queries/find-anything'
import { listImportRows, listRefusedRows } from './queries/imports'
import { listIngredientUse, listPaidPrices } from './queries/ingredient-use'
import { countLowStock } from './queries/inventory'
import { countOpenTickets, getKitchenDay } from './queries/kitchen'
import { getMenuPage } from './queries/menu-list'
import { findOrderByNumber, getOrderDay } from './queries/order-day'
import { listDishesToOrder } from './queries/order-entry'
import { listOrderEvents, listOrderMovements } from './queries/order-history'
import { getOrder } from './queries/orders'
import { listOverview } from './queries/overview'
import { listPeople } from './queries/people'
import { listPortions } from './queries/portions'
import { getPurchaseOrder, listPurchaseOrders } from './queries/purchase-orders'
import { listProposals } from './queries/purchase-proposals'
import { countRecipes } from './queries/recipe-facets'
import { searchRecipes } from './queries/recipe-search'
import { getRecipeStatistics } from './queries/recipe-statistics'
import { resolveRecipeSearch } from './queries/recipe-terms'
import { getRecipeCard, listDishesUsing } from './queries/recipes'
import { getFoodCost } from './queries/reports/food-cost'
import { listStations } from './queries/reports/speed'
import { listWasteByCause } from './queries/reports/waste'
import { listSimilarRecipes } from './queries/similar-recipes'
import { listStock } from './queries/stock'
import { countAlerts, listAlertsBySupplier } from './queries/stock-alerts'
import { listStockMovements } from './queries/stock-movements'
import { listTransfers } from './queries/stock-transfers'
import { getStockVariance } from './queries/stock-variance'
import { listStoppedDishes } from './queries/stopped-dishes'
import { listIngredientsBySupplier } from './queries/suppliers'
import { listUsualSales } from './queries/usual-sales'
import { findEndedViewers } from './queries/viewers'
import { readFeeds, takeWall, wallChanges } from './queries/wall'
import { testDatabase } from './testing/database'
import { GROWTH } from './testing/growth'
import { largeTables } from './testing/large-tables'

const LINK = 'a-link'
const LINE = { name: 'Flour', quantity: '0.2', unit: 'kg', notes: '', allergens: [] } satisfies RecipeRowLine
const IMPORTED: NewRecipe = {
  row: 1,
  id: 'known',
  title: 'Bread',
  cuisine: 'German',
  difficulty: 'hard',
  prepMinutes: 90,
  calories: null,
  chef: 'Baker',
  chefExperience: 9,
  lines: [LINE],
  method: [],
}
const ORIGIN = { source: 'a book', importId: 1 }
const held = testDatabase('volume')
let person: SignedInPerson

beforeAll(async () => {
  const session = await openSession(held.url)
  for (const statement of GROWTH) await session.query(statement)
  await session.query(`insert into sessions (user_id, token, expires_at)
    select id, 'admin-token', now() + interval '12 hours' from users where role = 'admin' order by id limit 1`)
  await session.query(
    `insert into verifications (identifier, value, expires_at)
     select $1, id::text, now() + interval '1 day' from users where email = 'cook7@example.com'`,
    [passwordLinkIdentifier(LINK)],
  )
  await session.close()
  await createRecipes(held.db, systemScope(), { recipes: [IMPORTED], origin: ORIGIN })
  const found = await findPerson(held.db, 'admin-token')
  if (!found) throw new Error('The volume set has an admin.')
  person = found
})

const chain = () => chainScope(person, 'stock:read') ?? expect.fail()
const editor = () => chainScope(person, 'menu:edit') ?? expect.fail()
const customersOf = () => chainScope(person, 'customers:read') ?? expect.fail()
const restaurant = () =>
  restaurantScope(person, person.restaurants[0]?.slug ?? '', 'stock:read') ?? expect.fail()
const today = () => {
  const { timeZone, dayCutoff } = restaurant().restaurant
  return businessDate(new Date(), timeZone, dayCutoff)
}

const reporter = () => chainScope(person, 'reports:read') ?? expect.fail()
const year = () => ({ from: addDays(today(), -364), to: today() })

const daysOf = () =>
  person.restaurants.map(({ id, timeZone, dayCutoff }) => ({
    restaurantId: id,
    today: businessDate(new Date(), timeZone, dayCutoff),
  }))

/** Today's business date of each restaurant that somebody sees. */
const todayOf = (viewer: SignedInPerson) =>
  viewer.restaurants.map(({ id, timeZone, dayCutoff }) => ({
    restaurantId: id,
    businessDate: businessDate(new Date(), timeZone, dayCutoff),
  }))

/** The overview of all restaurants that somebody sees, each on its business date. */
const overviewOf = (db: Database, viewer: SignedInPerson) =>
  listOverview(db, chainScope(viewer) ?? expect.fail(), {
    now: new Date(),
    days: todayOf(viewer),
  })

/** What was usual there by noon. */
const usualSalesOf = (db: Database, viewer: SignedInPerson) =>
  listUsualSales(
    db,
    chainScope(viewer) ?? expect.fail(),
    todayOf(viewer).map((day) => ({ ...day, hoursOver: 8 })),
  )

const PURCHASES = { statuses: ['received' as const], supplierId: null, before: null, limit: 50 }

/** An order that is being cooked, found outside of what is explained. */
async function cookingOrder(): Promise<string> {
  const { tickets } = await takeWall(held.db, restaurant())
  return tickets.find(({ status }) => status === 'preparing')?.id ?? expect.fail()
}

const termsOf = (db: Database, query: SearchParams) =>
  resolveRecipeSearch(db, chain(), { search: parseRecipeSearch(query), stock: null })

type HotQuery = {
  name: string
  work: (db: Database) => Promise<unknown>
  /** Indexes that the plan must use. */
  indexes: string[]
  /** 8 kB pages that it may touch, over all its statements. */
  buffers: number
}

const HOT: HotQuery[] = [
  {
    // Ranks every dish that is sold, so it reads the small menu table whole, by design.
    name: 'getMenuPage',
    work: (db) =>
      getMenuPage(db, restaurant(), {
        search: '',
        categoryId: null,
        minPrice: null,
        maxPrice: null,
        maxPrepMinutes: null,
        diet: null,
        status: 'available',
        sort: 'popularity',
        descending: true,
        page: 1,
        pageSize: 20,
        featured: 6,
        edits: null,
        costs: restaurant(),
      }),
    indexes: ['recipe_ingredients_recipe_id_ingredient_id_pk'],
    buffers: 1500,
  },
  {
    // A look at the recipe of each dish that is sold: they lie together, since they were written together.
    name: 'getMenuPage of a diet',
    work: (db) =>
      getMenuPage(db, restaurant(), {
        search: '',
        categoryId: null,
        minPrice: null,
        maxPrice: null,
        maxPrepMinutes: null,
        diet: 'vegetarian',
        status: 'available',
        sort: 'popularity',
        descending: true,
        page: 1,
        pageSize: 20,
        featured: 6,
        edits: null,
        costs: restaurant(),
      }),
    indexes: ['recipes_pkey'],
    buffers: 5000,
  },
  {
    // Of closed days the chain's own sums, of today its orders: whatever the range, no more than a day of them is read.
    name: 'listStations',
    work: (db) => listStations(db, reporter(), { range: year(), outliers: 'excluded' }),
    indexes: [
      'chain_kitchen_parts_dimension_business_date_part_pk',
      'orders_call_number',
      'order_events_figures',
      'order_items_restaurant_id_order_id_line_pk',
    ],
    buffers: 9000,
  },
  {
    // Of stored days the chain's own sums, of the others the ledger: summed from an index that holds all that a sum needs.
    name: 'getFoodCost and listWasteByCause',
    work: async (db) => {
      await getFoodCost(db, reporter(), { range: year() })
      await listWasteByCause(db, reporter(), { range: year() })
    },
    indexes: ['stock_movements_day'],
    buffers: 2500,
  },
  {
    // A date at once, whosever the orders of it are: the same few pages for 20 restaurants and for 500.
    name: 'listOverview of the whole chain',
    work: (db) => overviewOf(db, person),
    indexes: ['orders_day', 'orders_on_wall', 'stock_alerts_open'],
    buffers: 1000,
  },
  {
    name: 'listOverview of some restaurants',
    work: (db) => overviewOf(db, { ...person, role: 'manager', restaurants: person.restaurants.slice(0, 3) }),
    indexes: ['orders_on_wall', 'stock_alerts_open'],
    buffers: 200,
  },
  {
    // So of stored days, and no look at what else is known of the restaurants.
    name: 'listUsualSales of the whole chain',
    work: (db) => usualSalesOf(db, person),
    indexes: ['daily_kitchen_metrics_day'],
    buffers: 500,
  },
  {
    name: 'listUsualSales of some restaurants',
    work: (db) =>
      usualSalesOf(db, { ...person, role: 'manager', restaurants: person.restaurants.slice(0, 3) }),
    indexes: ['daily_kitchen_metrics_day'],
    buffers: 100,
  },
  {
    name: 'findPerson',
    work: (db) => findPerson(db, 'token-20000'),
    indexes: ['sessions_token_unique', 'memberships_user'],
    buffers: 30,
  },
  {
    name: 'listPeople for "cook77"',
    work: (db) =>
      listPeople(db, chainScope(person, 'chain:manage') ?? expect.fail(), {
        words: ['cook77'],
        role: null,
        restaurantId: null,
        isActive: true,
        after: null,
        limit: 50,
      }),
    indexes: ['users_search', 'memberships_user', 'accounts_user'],
    buffers: 1000,
  },
  ...(
    [
      [['roast', 'lamb'], null, ['recipes_search', 'users_search']],
      [['12'], 12, ['orders_call_number']],
    ] as const
  ).map(
    ([words, callNumber, indexes]): HotQuery => ({
      // Dishes, ingredients and suppliers are read whole, by design.
      name: `findAnything for "${words.join(' ')}"`,
      work: (db) =>
        findAnything(db, chain(), {
          words,
          callNumber,
          orderNumber: 'ORD2026010100000000',
          days: person.restaurants.map(({ id, timeZone, dayCutoff }) => ({
            restaurantId: id,
            businessDate: businessDate(new Date(), timeZone, dayCutoff),
          })),
          limit: 5,
          suppliers: chain(),
          people: chainScope(person, 'chain:manage'),
        }),
      indexes: ['orders_number', ...indexes],
      buffers: 800,
    }),
  ),
  {
    name: 'getKitchenDay',
    work: (db) => getKitchenDay(db, restaurant(), today()),
    indexes: ['orders_call_number', 'order_items_restaurant_id_order_id_line_pk'],
    buffers: 400,
  },
  ...(
    [
      ['', ['orders_call_number', 'order_items_restaurant_id_order_id_line_pk'], 400],
      ['risotto', ['orders_call_number', 'order_items_restaurant_id_order_id_line_pk'], 400],
    ] as const
  ).map(
    ([search, indexes, buffers]): HotQuery => ({
      name: `getOrderDay for "${search}"`,
      work: (db) =>
        getOrderDay(db, restaurant(), {
          businessDate: today(),
          search,
          channel: null,
          status: null,
          before: null,
          limit: 50,
        }),
      indexes: [...indexes],
      buffers,
    }),
  ),
  {
    name: 'searchCustomers',
    work: (db) => searchCustomers(db, customersOf(), { words: ['becker', '5550'], limit: 50 }),
    indexes: ['customers_search', 'orders_of_customer'],
    buffers: 4000,
  },
  {
    name: 'getCustomer and listCustomerOrders',
    work: async (db) => {
      await getCustomer(db, customersOf(), 7)
      await listCustomerOrders(db, customersOf(), { customerId: 7, before: null, limit: 31 })
    },
    indexes: ['orders_of_customer', 'order_items_restaurant_id_order_id_line_pk'],
    buffers: 200,
  },
  {
    name: 'placeOrder, whether the guest is known',
    work: (db) => db.execute(knownCustomer({ name: 'Anna Adams', phone: '+49 151 555000007' })),
    indexes: ['customers_contact'],
    buffers: 10,
  },
  {
    name: 'findOrderByNumber',
    work: (db) => findOrderByNumber(db, restaurant(), 'ORD2026010100000000'),
    indexes: ['orders_number'],
    buffers: 10,
  },
  {
    // Like the menu list: it brings the whole small menu, by design.
    name: 'listDishesToOrder',
    work: (db) =>
      listDishesToOrder(
        db,
        restaurantScope(person, restaurant().restaurant.slug, 'orders:place') ?? expect.fail(),
      ),
    indexes: [],
    buffers: 400,
  },
  {
    name: 'getOrder, listOrderEvents and listOrderMovements',
    work: async (db) => {
      const orderId = await cookingOrder()
      await getOrder(db, restaurant(), orderId)
      await listOrderEvents(db, restaurant(), orderId)
      await listOrderMovements(db, restaurant(), orderId)
    },
    indexes: ['order_events_order', 'stock_movements_order', 'order_items_restaurant_id_order_id_line_pk'],
    buffers: 200,
  },
  {
    name: 'takeWall',
    work: (db) => takeWall(db, restaurant()),
    indexes: ['orders_on_wall', 'order_items_restaurant_id_order_id_line_pk'],
    buffers: 320,
  },
  {
    name: 'wallChanges',
    work: async (db) => {
      const { seq } = await takeWall(held.db, restaurant())
      await wallChanges(db, restaurant(), seq - 20)
    },
    indexes: ['order_events_restaurant_id_seq_n_pk', 'order_items_restaurant_id_order_id_line_pk'],
    buffers: 400,
  },
  ...(
    [
      ['', {}, 'audit_log_created', 500],
      [
        ' of a week',
        { from: new Date(Date.now() - 60 * 86_400_000), to: new Date(Date.now() - 53 * 86_400_000) },
        'audit_log_created',
        500,
      ],
      [' by person', { person: 'cook77@example.com' }, 'audit_log_user', 1500],
      [' of one thing', { subject: 'menu_item', subjectId: '77' }, 'audit_log_subject', 500],
      [' of things by name', { subject: 'ingredient', thing: 'tomato' }, 'audit_log_subject', 3000],
    ] as const
  ).map(
    ([words, filter, index, buffers]): HotQuery => ({
      name: `listAudit${words}`,
      work: (db) =>
        listAudit(db, chainScope(person, 'audit:read') ?? expect.fail(), {
          ...{ person: '', subject: null, subjectId: null, thing: '', from: null, to: null },
          ...{ before: null, limit: 50, ...filter },
        }),
      indexes: [index],
      buffers,
    }),
  ),
  {
    name: 'undoPublication',
    work: async (db) => {
      const scope = chainScope(person, 'menu:edit') ?? expect.fail()
      // Undone again, so that the plans of its statements can be had by running them once more.
      await transact(db, async (tx, refuse) => {
        const [made] = await tx.execute<{ id: number }>(sql`
          insert into publications (name) values ('A publication') returning id`)
        await undoPublication(tx, scope, { publicationId: made?.id ?? expect.fail() })
        throw refuse(undefined)
      })
    },
    indexes: ['audit_log_publication'],
    buffers: 100,
  },
  {
    name: 'listPriceHistory',
    work: (db) => listPriceHistory(db, chain(), 7),
    indexes: ['audit_log_subject'],
    buffers: 200,
  },
  {
    name: 'listImportRows',
    work: (db) => listImportRows(db, editor(), { importId: 1, verdict: 'refused', after: 9000, limit: 50 }),
    indexes: ['import_rows_verdict'],
    buffers: 150,
  },
  {
    name: 'listRefusedRows',
    work: (db) => listRefusedRows(db, editor(), { importId: 1, after: 9000, limit: 50 }),
    indexes: ['import_rows_verdict'],
    buffers: 150,
  },
  {
    name: 'checkImport, a dish by its name',
    work: (db) => {
      const cells = ['Roasted squash', '9']
      const row = { row: 2, cells, size: 12, content: { ok: true as const, value: cells }, rejected: String }
      const header = ['name', 'price']
      return checkSheetRows({ db, importId: 1, currency: 'EUR', header }, 'menu_item', [row])
    },
    indexes: ['menu_items_name_key'],
    buffers: 50,
  },
  {
    name: 'checkImport, a row of a file',
    work: (db) => {
      const cells = ['Supplier 777']
      const row = {
        row: 777,
        cells,
        size: 12,
        content: { ok: true as const, value: cells },
        rejected: String,
      }
      return checkSheetRows({ db, importId: 1, currency: 'EUR', header: ['name'] }, 'supplier', [row])
    },
    indexes: ['import_rows_thing'],
    buffers: 50,
  },
  {
    name: 'listBumped',
    work: (db) => listBumped(db, restaurant()),
    indexes: ['orders_call_number', 'order_items_restaurant_id_order_id_line_pk'],
    // 50 tickets with 150 lines, each line's dish looked up for its station.
    buffers: 1000,
  },
  {
    name: 'readFeeds',
    work: (db) => readFeeds(db, [restaurant()]),
    indexes: [],
    buffers: 10,
  },
  {
    name: 'findEndedViewers',
    work: (db) => {
      const scope = restaurantScope(person, restaurant().restaurant.slug, 'tickets:bump') ?? expect.fail()
      const viewers = Array.from({ length: 10 }, (_, n) => ({ scope, sessionToken: `token-${100 + n}` }))
      return findEndedViewers(db, viewers)
    },
    indexes: ['sessions_token_unique'],
    buffers: 150,
  },
  {
    name: 'countOpenTickets',
    work: (db) => countOpenTickets(db, chain()),
    indexes: ['orders_on_wall'],
    buffers: 400,
  },
  {
    name: 'countLowStock',
    work: (db) => countLowStock(db, restaurant()),
    indexes: ['stock_levels_short'],
    buffers: 60,
  },
  {
    name: 'listStockMovements',
    work: (db) => listStockMovements(db, restaurant(), { ingredientId: 7, limit: 50 }),
    indexes: ['stock_movements_ingredient'],
    buffers: 80,
  },
  {
    name: 'listIngredientsBySupplier',
    work: (db) => listIngredientsBySupplier(db, restaurant(), { supplierId: 3, limit: 50 }),
    indexes: ['ingredients_supplier'],
    buffers: 150,
  },
  ...(
    [
      [{ sort: 'prep' }, 'recipes_prep', 300],
      [{ sort: 'prep', cuisine: 'Italian' }, 'recipes_cuisine_prep', 300],
      [{ sort: 'prep', difficulty: 'hard' }, 'recipes_difficulty_prep', 300],
      [{ sort: 'newest' }, 'recipes_newest', 300],
      [{ sort: 'title' }, 'recipes_title', 300],
      [{ sort: 'prep', experience: '40' }, 'recipes_chef', 100],
      [{ q: 'smoked aubergine' }, 'recipes_search', 1000],
      [{ q: 'smoked aubergine' }, 'ingredients_words', 1000],
      [{ q: 'smoked aubergine' }, 'chefs_words', 1000],
      // As many statements as without a mistake.
      [{ q: 'smokd aubergin' }, 'recipes_search', 1000],
      // Rare whichever way it is looked at: walks in vain, and gathers.
      [{ q: 'garlic kofte', experience: '20' }, 'recipes_search', 2000],
      [{ with: '1,2,7' }, 'recipes_search', 1000],
      [{ diet: 'vegan', with: '1' }, 'recipes_search', 2000],
    ] as const
  ).map(
    ([query, index, buffers]): HotQuery => ({
      name: `searchRecipes ${new URLSearchParams(query)} over ${index}`,
      work: async (db) => searchRecipes(db, chain(), await termsOf(db, query), { costs: chain() }),
      indexes: [index],
      buffers,
    }),
  ),
  ...(
    [
      ['of the tallies, and of a sample for their diets', { cuisine: 'Thai' }, [], 150],
      ['from a sample', { with: '1' }, [], 220],
      ['gathered by index', { with: '400,450' }, ['recipes_search'], 150],
      ['of a diet, gathered by index', { diet: 'vegan', with: '7' }, ['recipes_search'], 500],
    ] as const
  ).map(
    ([way, query, indexes, buffers]): HotQuery => ({
      name: `countRecipes ${way}`,
      work: async (db) => countRecipes(db, chain(), await termsOf(db, query)),
      indexes: [...indexes],
      buffers,
    }),
  ),
  {
    name: 'listSimilarRecipes',
    work: (db) => listSimilarRecipes(db, chain(), { recipeId: 20_000, limit: 12 }),
    indexes: ['recipes_search'],
    buffers: 800,
  },
  {
    name: 'getRecipeStatistics',
    work: (db) => getRecipeStatistics(db, chain()),
    indexes: [],
    buffers: 50,
  },
  {
    name: 'getRecipeCard',
    work: (db) => getRecipeCard(db, chain(), { recipeId: 500, portions: 4, costs: chain() }),
    indexes: ['recipe_ingredients_recipe_id_ingredient_id_pk', 'recipe_steps_recipe_id_position_pk'],
    buffers: 60,
  },
  {
    name: 'listDishesUsing',
    work: (db) => listDishesUsing(db, chain(), { ingredientId: 480, limit: 50 }),
    indexes: ['recipe_ingredients_ingredient'],
    buffers: 600,
  },
  {
    name: 'createRecipes, of which nothing is new',
    work: (db) =>
      createRecipes(db, systemScope(), {
        // The first is in the book already, the second is refused, so that nothing is written.
        recipes: [IMPORTED, { ...IMPORTED, row: 2, id: 'refused', lines: [{ ...LINE, unit: 'cups' }] }],
        origin: ORIGIN,
      }),
    indexes: ['recipes_import_key', 'chefs_name_key', 'ingredients_name_key'],
    buffers: 60,
  },
  {
    name: 'listStock',
    work: (db) =>
      listStock(db, restaurant(), {
        today: today(),
        search: '',
        supplierId: null,
        storageArea: null,
        filter: 'all',
        sort: 'days_left',
        descending: false,
        after: null,
        limit: 50,
      }),
    indexes: ['stock_levels_restaurant_id_ingredient_id_pk', 'stock_use_restaurant_id_ingredient_id_pk'],
    buffers: 120,
  },
  {
    name: 'listAlertsBySupplier and countAlerts',
    work: async (db) => {
      await listAlertsBySupplier(db, chain(), { days: daysOf() })
      await countAlerts(db, chain())
    },
    indexes: [
      'stock_levels_short',
      'stock_alerts_answered',
      'stock_alerts_open',
      'stock_use_restaurant_id_ingredient_id_pk',
    ],
    buffers: 1500,
  },
  {
    name: 'listProposals',
    work: (db) => listProposals(db, restaurant(), { today: today() }),
    indexes: ['purchase_order_lines_open', 'purchase_orders_draft'],
    buffers: 200,
  },
  {
    name: 'listPurchaseOrders and getPurchaseOrder',
    work: async (db) => {
      const [newest] = (await listPurchaseOrders(db, restaurant(), PURCHASES)).rows
      await getPurchaseOrder(db, restaurant(), { orderId: newest?.id ?? '' })
    },
    indexes: [
      'purchase_orders_number',
      'purchase_orders_restaurant_id_id_pk',
      'purchase_order_lines_restaurant_id_order_id_ingredient_id_pk',
      'deliveries_order',
    ],
    buffers: 700,
  },
  {
    name: 'listPaidPrices',
    work: (db) => listPaidPrices(db, restaurant(), { ingredientId: 1, limit: 50 }),
    indexes: ['delivery_lines_ingredient', 'deliveries_restaurant_id_id_pk'],
    buffers: 120,
  },
  {
    name: 'listTransfers',
    work: (db) => listTransfers(db, restaurant(), { before: null, limit: 50 }),
    indexes: ['stock_transfers_to', 'stock_transfers_restaurant_id_id_pk'],
    buffers: 500,
  },
  {
    name: 'getStockVariance',
    work: (db) =>
      getStockVariance(db, restaurant(), {
        from: addDays(today(), -28),
        to: addDays(today(), -1),
        today: today(),
        limit: 50,
      }),
    indexes: ['daily_stock_use_restaurant_id_business_date_ingredient_id_pk', 'stock_movements_day'],
    buffers: 8000,
  },
  {
    name: 'getChainCountCoverage',
    work: (db) => {
      const scope = chainScope(person, 'reports:read') ?? expect.fail()
      return getChainCountCoverage(db, scope, { since: addDays(today(), -28) })
    },
    indexes: ['stock_counts_restaurant_id_id_pk'],
    buffers: 150,
  },
  {
    name: 'listIngredientUse',
    work: (db) =>
      listIngredientUse(db, restaurant(), { ingredientId: 1, from: addDays(today(), -90), today: today() }),
    indexes: ['daily_stock_use_restaurant_id_business_date_ingredient_id_pk', 'stock_movements_day'],
    buffers: 600,
  },
  {
    // Asks about the whole menu, so it reads the small menu table whole, by design.
    name: 'listPortions, listSuggestions and listStoppedDishes',
    work: async (db) => {
      await listPortions(db, restaurant())
      const cook = restaurantScope(person, restaurant().restaurant.slug, 'menu:eighty_six') ?? expect.fail()
      await listSuggestions(db, cook)
      const pairs = [{ restaurantId: restaurant().restaurant.id, ingredientId: 480 }]
      await listStoppedDishes(db, chain(), { pairs })
    },
    indexes: ['recipe_ingredients_recipe_id_ingredient_id_pk', 'stock_levels_restaurant_id_ingredient_id_pk'],
    buffers: 2000,
  },
  {
    name: 'setPasswordByLink',
    work: (db) => setPasswordByLink(db, { token: LINK, passwordHash: 'a-hash' }),
    indexes: ['verifications_identifier', 'accounts_user', 'sessions_user'],
    // A third of them for its line in the audit, which four indexes know.
    buffers: 160,
  },
  {
    name: 'cancelByKey',
    work: async (db) => {
      const scope = restaurantScope(person, restaurant().restaurant.slug, 'orders:place') ?? expect.fail()
      const orderId = await cookingOrder()
      // Undone, so that the plans of its statements can be had by running them once more.
      await transact(db, async (tx, refuse) => {
        await cancelByKey(tx, scope, orderId, { idempotencyKey: 'plan' })
        throw refuse(undefined)
      })
    },
    indexes: ['stock_movements_order'],
    buffers: 1000,
  },
  {
    name: 'the cascade of purgeOrders',
    work: async (db) => {
      const order = sql`restaurant_id = ${restaurant().restaurant.id} and order_id = ${'018f0000-0000-7000-8000-000000000000'}`
      await db.execute(sql`delete from order_events where ${order}`)
      await db.execute(sql`delete from order_requests where ${order}`)
    },
    indexes: ['order_events_order', 'order_requests_order'],
    buffers: 20,
  },
]

const plans = new Map<string, Plan[]>()
async function plansOf({ name, work }: HotQuery): Promise<Plan[]> {
  const known = plans.get(name) ?? (await explainWork(held.url, work))
  plans.set(name, known)
  return known
}

describe('at volume', () => {
  test.each(HOT)('$name uses its indexes, keeps to its buffers and scans no large table', async (query) => {
    const found = await plansOf(query)
    expect(found.flatMap((plan) => plan.indexes.map(withoutTwin))).toEqual(
      expect.arrayContaining(query.indexes),
    )
    expect(found.reduce((sum, plan) => sum + plan.buffers, 0)).toBeLessThanOrEqual(query.buffers)
    const scanned = [...new Set(found.flatMap((plan) => plan.scanned))]
    expect(await largeTables(held.url, scanned)).toEqual([])
  })

  test('a batch of the purge reads its own orders, and not all that are old', async () => {
    const found = await explainWork(held.url, (db) =>
      // Undone, so that the plans of its statements can be had by running them once more.
      transact(db, async (tx, refuse) => {
        await purgeOrders(tx, systemScope(), { olderThanDays: 7, batchSize: 50, forMs: 0 })
        throw refuse(undefined)
      }),
    )
    const batches = found.filter(({ statement }) => statement.text.includes('delete from orders'))
    expect(batches.length).toBe(1)
    for (const { buffers, tree } of batches) {
      expect(tree['Actual Rows']).toBe(1)
      // One restaurant has thousands of orders, most of them old.
      expect(buffers).toBeGreaterThan(200)
      expect(buffers).toBeLessThan(2500)
    }
  })

  test('every index that keeps no rule is used by a named query', async () => {
    const used = new Set<string>()
    for (const query of HOT)
      for (const plan of await plansOf(query)) for (const name of plan.indexes) used.add(withoutTwin(name))
    expect((await freeIndexes()).filter((name) => !used.has(withoutTwin(name)))).toEqual([])
  })

  test('no index repeats the beginning of another one', async () => {
    expect(await repeatedIndexes()).toEqual([])
  })

  test('every foreign key of a table that grows has an index to check it by', async () => {
    expect(await uncoveredReferences()).toEqual([])
  })
})

/** While a column is renamed, an index on it has a twin on the new one, which takes its name in the end. */
function withoutTwin(index: string): string {
  return index.replace(/_twin$/, '')
}

async function ask<Row>(text: string, params: unknown[] = []): Promise<Row[]> {
  const session = await openSession(held.url)
  try {
    return await session.query<Row>(text, params)
  } finally {
    await session.close()
  }
}

async function freeIndexes(): Promise<string[]> {
  const rows = await ask<{ name: string }>(`
    select c.relname as name
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
      and not i.indisunique and not exists (select from pg_constraint where conindid = i.indexrelid)
    order by 1`)
  return rows.map(({ name }) => name)
}

async function repeatedIndexes(): Promise<string[]> {
  const rows = await ask<{ pair: string }>(`
    select shorter.indexrelid::regclass || ' repeats ' || longer.indexrelid::regclass as pair
    from pg_index shorter
    join pg_index longer on longer.indrelid = shorter.indrelid and longer.indexrelid <> shorter.indexrelid
    join pg_class c on c.oid = shorter.indrelid and c.relnamespace = 'public'::regnamespace
    where not shorter.indisunique and shorter.indpred is null and longer.indpred is null
      and shorter.indexprs is null and shorter.indnatts <= longer.indnatts
      and (longer.indkey::int2[])[0:shorter.indnatts - 1] = shorter.indkey::int2[]`)
  return rows.map(({ pair }) => pair)
}

/**
 * References without an index on the referencing side make deleting or re-keying the referenced row scan. Chain-wide
 * rows (users, restaurants, dishes, ingredients) are deactivated, never deleted, so only references to orders and
 * recipes, whose rows are deleted, need one.
 */
async function uncoveredReferences(): Promise<string[]> {
  const rows = await ask<{ name: string }>(`
    select c.conname as name
    from pg_constraint c
    where c.contype = 'f' and c.confrelid in ('orders'::regclass, 'recipes'::regclass)
      and not exists (
        select from pg_index i
        where i.indrelid = c.conrelid
          and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
      )`)
  return rows.map(({ name }) => name)
}
