import { notFound } from 'next/navigation'
import { batchesOf, type CsvCell } from '@/app/_server/csv'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { requireChain, requirePerson, requireRestaurant } from '@/app/_server/session'
import { listAudit } from '@/db/queries/audit'
import { exportRecords, exportRestaurants, exportStockAlerts } from '@/db/queries/export'
import { getMenuPage } from '@/db/queries/menu-list'
import { getOrderDay } from '@/db/queries/order-day'
import { listPeople } from '@/db/queries/people'
import { getPurchaseOrder } from '@/db/queries/purchase-orders'
import { searchRecipes } from '@/db/queries/recipe-search'
import { resolveRecipeSearch } from '@/db/queries/recipe-terms'
import { listStock } from '@/db/queries/stock'
import { businessDate } from '@/domain/business-day'
import { multiplyQuantity } from '@/domain/quantity'
import type { Fields } from '@/domain/record'
import { chainScope, restaurantScope } from '@/domain/scope'
import { sheetCells } from '@/domain/sheet'
import { SHEETS } from '@/domain/sheets'
import { unitPriceText } from '@/domain/unit-price'
import { filterOf, readAuditView } from '../admin/audit/search-params'
import { readPeopleView } from '../admin/people/search-params'
import { readStockView } from '../inventory/[restaurant]/search-params'
import { readAlertsView } from '../inventory/alerts/search-params'
import { readMenuView } from '../menu/search-params'
import { readOrdersView } from '../orders/[restaurant]/search-params'
import { readRecipesView } from '../recipes/search-params'
import { type Exported, type Given, instant, money } from './exported'
import { REPORT_EXPORTS } from './report-lists'

const ROWS_AT_ONCE = 500

/** Records as they are imported again. */
async function sheet(kind: keyof typeof SHEETS): Promise<Exported> {
  const scope = await requireChain('menu:edit')
  const { columns } = SHEETS[kind]
  const rows = batchesOf<CsvCell[], number>(async (after) => {
    const page = await exportRecords(database(), scope, kind, { after: after ?? 0, limit: ROWS_AT_ONCE })
    const cells = page.rows.map(({ id, doc, ...names }): CsvCell[] => [
      id,
      ...sheetCells(SHEETS[kind], doc as Fields, (refers) => names[refers], environment().CURRENCY),
    ])
    return { rows: cells, next: page.next }
  })
  return { header: ['id', ...columns.map(({ name }) => name)], rows }
}

async function menu(given: Given): Promise<Exported> {
  const person = await requirePerson()
  const view = readMenuView(given, environment().CURRENCY)
  const scope = view.restaurant ? await requireRestaurant(view.restaurant) : await requireChain()
  const costs = view.restaurant
    ? restaurantScope(person, view.restaurant, 'stock:read')
    : chainScope(person, 'stock:read')
  const rows = batchesOf<CsvCell[], number>(async (after) => {
    const params = { ...view, page: after ?? 1, pageSize: ROWS_AT_ONCE, featured: 0, costs, edits: null }
    const { dishes, total, page } = await getMenuPage(database(), scope, params)
    return {
      rows: dishes.map((dish) => [
        ...[dish.id, dish.name, dish.description, dish.category, dish.station, money(dish.price)],
        ...[dish.units, dish.prepMinutes, dish.calories, dish.ingredients.join(', '), dish.portions],
        dish.foodCostPercent,
      ]),
      next: page * ROWS_AT_ONCE < total ? page + 1 : null,
    }
  })
  const header =
    'id,name,description,category,station,price,sold_in_28_days,prep_minutes,calories,ingredients,portions_in_stock,food_cost_percent'
  return { header: header.split(','), rows }
}

async function recipes(given: Given): Promise<Exported> {
  const person = await requirePerson()
  const scope = await requireChain()
  const { search } = readRecipesView(given)
  const stock = search.stockedAt ? await requireRestaurant(search.stockedAt) : null
  const terms = await resolveRecipeSearch(database(), scope, { search: { ...search, after: null }, stock })
  const costs = chainScope(person, 'stock:read')
  const rows = batchesOf<CsvCell[], NonNullable<typeof search.after>>(async (after) => {
    const from = { ...terms, search: { ...terms.search, after } }
    const page = await searchRecipes(database(), scope, from, { costs, limit: ROWS_AT_ONCE })
    return {
      rows: page.rows.map((recipe) => [
        ...[recipe.id, recipe.title, recipe.cuisine, recipe.difficulty, recipe.prepMinutes, recipe.chef],
        ...[recipe.chefExperience, recipe.cost === null ? '' : money(recipe.cost)],
      ]),
      next: page.next,
    }
  })
  const header = 'id,title,cuisine,difficulty,prep_time,chef,chef_experience,cost_of_a_portion'
  return { header: header.split(','), rows }
}

async function categories(): Promise<Exported> {
  const scope = await requireChain('menu:edit')
  const rows = batchesOf<CsvCell[], number>(async (after) => {
    const page = await exportRecords(database(), scope, 'category', {
      after: after ?? 0,
      limit: ROWS_AT_ONCE,
    })
    const cells = page.rows.map(({ id, doc }): CsvCell[] => [
      ...[id, doc.name, doc.description, doc.sortOrder + 1, doc.isActive],
    ])
    return { rows: cells, next: page.next }
  })
  return { header: ['id', 'name', 'description', 'place', 'active'], rows }
}

async function restaurants(): Promise<Exported> {
  const scope = await requireChain('chain:manage')
  const rows = batchesOf<CsvCell[], number>(async (after) => {
    const page = await exportRestaurants(database(), scope, { after: after ?? 0, limit: ROWS_AT_ONCE })
    const cells = page.rows.map(({ id, doc }): CsvCell[] => [
      ...[id, doc.name, doc.slug, doc.address, doc.phone, doc.openingTime, doc.closingTime, doc.timeZone],
      ...[doc.dayCutoff, doc.stockPolicy, doc.autoConfirm, doc.ages.amber, doc.ages.red, doc.isActive],
    ])
    return { rows: cells, next: page.next }
  })
  const header =
    'id,name,slug,address,phone,opens,closes,time_zone,day_cutoff,stock_policy,auto_confirm,due_after_minutes,late_after_minutes,active'
  return { header: header.split(','), rows }
}

async function people(given: Given): Promise<Exported> {
  const view = readPeopleView(given)
  const scope = await requireChain('chain:manage')
  const restaurant = view.restaurant ? await requireRestaurant(view.restaurant, 'chain:manage') : null
  const rows = batchesOf<CsvCell[], number>(async (after) => {
    const page = await listPeople(database(), scope, {
      ...{ words: view.search.split(/\s+/).filter(Boolean), role: view.role, isActive: view.isActive },
      ...{ restaurantId: restaurant?.restaurant.id ?? null, after, limit: ROWS_AT_ONCE },
    })
    const cells = page.people.map((person): CsvCell[] => [
      ...[person.id, person.name, person.email, person.role, person.restaurants.join(', '), person.isActive],
      instant(person.lastSeenAt),
    ])
    return { rows: cells, next: page.next }
  })
  return { header: ['id', 'name', 'email', 'role', 'restaurants', 'active', 'last_seen'], rows }
}

async function orders(given: Given): Promise<Exported> {
  const scope = await requireRestaurant(typeof given.restaurant === 'string' ? given.restaurant : '')
  const view = readOrdersView(given)
  const { timeZone, dayCutoff } = scope.restaurant
  const day = view.day ?? businessDate(new Date(), timeZone, dayCutoff)
  const rows = batchesOf<CsvCell[], number>(async (before) => {
    const params = { ...view, businessDate: day, before, limit: ROWS_AT_ONCE }
    const page = await getOrderDay(database(), scope, params)
    const cells = page.rows.map((order): CsvCell[] => [
      ...[order.orderNumber, order.callNumber, day, instant(order.createdAt), order.status, order.channel],
      ...[order.placeOrName, order.customer ?? '', order.portions, order.dishes.join(', ')],
      ...[order.moreLines, money(order.total)],
    ])
    return { rows: cells, next: page.next }
  })
  const header =
    'order_number,call_number,business_date,placed_at,status,channel,place_or_name,customer,portions,first_dishes,more_lines,total'
  return { header: header.split(','), rows }
}

async function audit(given: Given): Promise<Exported> {
  const scope = await requireChain('audit:read')
  const filter = filterOf(readAuditView(given), Date.now())
  const json = (value: unknown) => (value === null ? '' : JSON.stringify(value))
  const rows = batchesOf<CsvCell[], number>(async (before) => {
    const page = await listAudit(database(), scope, { ...filter, before, limit: ROWS_AT_ONCE })
    const cells = page.lines.map((line): CsvCell[] => [
      ...[line.id, instant(line.at), line.by ?? '', line.restaurant ?? '', line.action, line.subject],
      ...[line.subjectId, line.thing ?? '', json(line.before), json(line.after), line.publication ?? ''],
    ])
    return { rows: cells, next: page.next }
  })
  const header = 'id,at,by,restaurant,action,kind,thing_id,thing,before,after,publication'
  return { header: header.split(','), rows }
}

async function alerts(given: Given): Promise<Exported> {
  const view = readAlertsView(given)
  const scope = view.restaurant
    ? await requireRestaurant(view.restaurant, 'stock:read')
    : await requireChain('stock:read')
  type Key = { restaurantId: number; ingredientId: number }
  const rows = batchesOf<CsvCell[], Key>(async (after) => {
    const page = await exportStockAlerts(database(), scope, {
      ...{ supplierId: view.supplierId, quiet: view.withAnswered, limit: ROWS_AT_ONCE },
      after: after ?? { restaurantId: 0, ingredientId: 0 },
    })
    const cells = page.rows.map((alert): CsvCell[] => [
      ...[alert.restaurant, alert.ingredient, alert.supplier, alert.kind, alert.unit, alert.onHand],
      ...[alert.onOrder, alert.minimum, alert.par, alert.packSize, alert.packs, money(alert.cost)],
      alert.reason,
    ])
    return { rows: cells, next: page.next }
  })
  const header =
    'restaurant,ingredient,supplier,alert,unit,on_hand,on_order,minimum,par,pack_size,packs_to_buy,cost,may_wait'
  return { header: header.split(','), rows }
}

async function purchaseOrder(given: Given): Promise<Exported> {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '')
  const scope = await requireRestaurant(text('restaurant'), 'stock:read')
  const order = (await getPurchaseOrder(database(), scope, { orderId: text('order') })) ?? notFound()
  const { CURRENCY } = environment()
  const rows = batchesOf<CsvCell[], never>(async () => ({
    rows: order.lines
      .filter(({ packs }) => packs > 0)
      .map((line): CsvCell[] => [
        ...[order.number, order.supplier.name, scope.restaurant.name, order.status, order.expectedOn ?? ''],
        ...[line.ingredient, line.packs, line.packSize, line.unit],
        ...[multiplyQuantity(line.packSize, line.packs), unitPriceText(line.unitPrice, CURRENCY)],
        ...[money(line.cost), line.received],
      ]),
    next: null,
  }))
  const header =
    'order,supplier,restaurant,status,expected_on,ingredient,packs,pack_size,unit,amount,unit_price,cost,received'
  return { header: header.split(','), rows }
}

async function stock(given: Given): Promise<Exported> {
  const scope = await requireRestaurant(
    typeof given.restaurant === 'string' ? given.restaurant : '',
    'stock:read',
  )
  const view = readStockView(given)
  const { timeZone, dayCutoff } = scope.restaurant
  const today = businessDate(new Date(), timeZone, dayCutoff)
  const rows = batchesOf<CsvCell[], string>(async (after) => {
    const page = await listStock(database(), scope, { ...view, today, after, limit: ROWS_AT_ONCE })
    const cells = page.rows.map((row): CsvCell[] => [
      ...[row.ingredient, row.supplier, row.storageArea, row.unit, row.onHand, row.minimum, row.par],
      ...[row.onOrder, row.averageUse, row.daysLeft, unitPriceText(row.unitPrice, environment().CURRENCY)],
      ...[money(row.value), instant(row.movedAt), instant(row.countedAt)],
    ])
    return { rows: cells, next: page.next }
  })
  const header =
    'ingredient,supplier,storage_area,unit,on_hand,minimum,par,on_order,used_a_day,days_left,unit_price,value,last_moved,last_counted'
  return { header: header.split(','), rows }
}

/** Every list that can be had as a file, under the name in its address. Each asks for what its page asks for. */
export const EXPORTS: Record<string, (given: Given) => Promise<Exported>> = {
  menu,
  recipes,
  categories,
  restaurants,
  people,
  orders,
  alerts,
  stock,
  audit,
  'purchase-order': purchaseOrder,
  dishes: () => sheet('menu_item'),
  ingredients: () => sheet('ingredient'),
  suppliers: () => sheet('supplier'),
  ...REPORT_EXPORTS,
}
