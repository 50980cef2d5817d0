/** An index that was proposed, and what became of it. */
export type Candidate = {
  /** As its author names it: model and fields. */
  label: string
  table: string
  /** What follows `on <table>`: the same columns in our schema. */
  definition: string
  /** The query that it would serve, as `npm run db:explain` takes it. */
  asks: { query: string; given?: Readonly<Record<string, unknown>> }
  /** `there`: under the name that the reason says. */
  verdict: 'there' | 'there, longer' | 'there, narrower' | 'no'
  reason: string
}

const SMALL =
  'The table is a page or two: a scan reads less than the way down an index, and the planner knows.'
const RANKED =
  'The menu list ranks every dish that is sold by units, so it reads the whole small table once, with its counts; no index on one of its columns is ever chosen.'
const CONSTRAINT = 'Asking for both a unique constraint and an index makes two of the same.'

/** Every index that the course lists, by its models, implied ones (foreign keys) included. */
export const COURSE: readonly Candidate[] = [
  {
    label: 'Recipe (lesson): cuisine_type',
    table: 'recipes',
    definition: '(cuisine)',
    asks: { query: 'searchRecipes', given: { cuisine: 'Italian' } },
    verdict: 'there, longer',
    reason:
      '`recipes_cuisine_prep` begins with it. Alone it finds a seventh of the table and leaves it to be sorted; with prep time and id behind it the first page is the first rows.',
  },
  {
    label: 'Recipe (lesson): difficulty_level',
    table: 'recipes',
    definition: '(difficulty)',
    asks: { query: 'searchRecipes', given: { difficulty: 'hard' } },
    verdict: 'there, longer',
    reason:
      '`recipes_difficulty_prep` begins with it. Three values select nothing by themselves; in the order of prep time they skip half of a walk. Either one takes the HOT update from recomputing difficulties.',
  },
  {
    label: 'Recipe (lesson): prep_time',
    table: 'recipes',
    definition: '(prep_time)',
    asks: { query: 'searchRecipes', given: { prep: '20' } },
    verdict: 'there, longer',
    reason:
      '`recipes_prep`, with the id, so that a keyset page begins where the last one ended among equals.',
  },
  {
    label: 'Recipe (lesson): cuisine_type, difficulty_level',
    table: 'recipes',
    definition: '(cuisine, difficulty)',
    asks: { query: 'searchRecipes', given: { cuisine: 'Thai', difficulty: 'hard' } },
    verdict: 'no',
    reason:
      'Of one cuisine in order of prep time the hard ones are met soon enough (`recipes_cuisine_prep`); this one would find them unsorted.',
  },
  {
    label: 'Recipe (lesson): prep_time under 30',
    table: 'recipes',
    definition: '(prep_time) where prep_time < 30',
    asks: { query: 'searchRecipes', given: { prep: '29' } },
    verdict: 'no',
    reason:
      'It is the beginning of `recipes_prep`, which serves every limit and not this one. A planner that gets the limit as a parameter could not use it at all.',
  },
  {
    label: 'Recipe (lesson): calories',
    table: 'recipes',
    definition: '(calories)',
    asks: { query: 'searchRecipes' },
    verdict: 'no',
    reason: 'From the lesson on migrations. No query filters or sorts recipes by calories.',
  },
  {
    label: 'Recipe (lesson): chef',
    table: 'recipes',
    definition: '(chef_id)',
    asks: { query: 'searchRecipes', given: { experience: '40' } },
    verdict: 'there, longer',
    reason: '`recipes_chef`, for the search by experience and for the check of the reference.',
  },
  {
    label: 'Restaurant: name',
    table: 'restaurants',
    definition: '(name)',
    asks: { query: 'findPerson' },
    verdict: 'no',
    reason: SMALL,
  },
  {
    label: 'Restaurant: is_active',
    table: 'restaurants',
    definition: '(is_active)',
    asks: { query: 'findPerson' },
    verdict: 'no',
    reason: `${SMALL} And nearly all restaurants are active: it would select nothing in a large one.`,
  },
  {
    label: 'Restaurant: name, is_active',
    table: 'restaurants',
    definition: '(name, is_active)',
    asks: { query: 'findPerson' },
    verdict: 'no',
    reason: SMALL,
  },
  {
    label: 'Restaurant: created_at',
    table: 'restaurants',
    definition: '(created_at)',
    asks: { query: 'findPerson' },
    verdict: 'no',
    reason: 'No screen asks when a restaurant was entered, and the table is one page.',
  },
  {
    label: 'Category: name',
    table: 'categories',
    definition: '(name)',
    asks: { query: 'getMenuPage' },
    verdict: 'there',
    reason: `\`categories_name_unique\`. ${CONSTRAINT}`,
  },
  {
    label: 'Category: is_active',
    table: 'categories',
    definition: '(is_active)',
    asks: { query: 'getMenuPage' },
    verdict: 'no',
    reason: SMALL,
  },
  {
    label: 'Category: sort_order',
    table: 'categories',
    definition: '(sort_order)',
    asks: { query: 'getMenuPage' },
    verdict: 'no',
    reason: SMALL,
  },
  {
    label: 'Category: is_active, sort_order',
    table: 'categories',
    definition: '(is_active, sort_order)',
    asks: { query: 'getGuestMenu' },
    verdict: 'no',
    reason: SMALL,
  },
  {
    label: 'Ingredient: name',
    table: 'ingredients',
    definition: '(name)',
    asks: { query: 'findIngredientNames' },
    verdict: 'there',
    reason: '`ingredients_name_unique`: a chain has one ingredient of a name.',
  },
  {
    label: 'Ingredient: supplier',
    table: 'ingredients',
    definition: '(supplier_id)',
    asks: { query: 'listIngredientsBySupplier' },
    verdict: 'there, longer',
    reason: '`ingredients_supplier`, with the name, in whose order the page lists them.',
  },
  {
    label: 'Ingredient: is_active',
    table: 'ingredients',
    definition: '(is_active)',
    asks: { query: 'listIngredientsBySupplier' },
    verdict: 'no',
    reason:
      'Nearly all are active: low selectivity. Where it matters it is a condition of `ingredients_supplier`.',
  },
  {
    label: 'Ingredient: name, is_active',
    table: 'ingredients',
    definition: '(name, is_active)',
    asks: { query: 'findIngredientNames' },
    verdict: 'no',
    reason: 'The unique name finds one row; whether it is active stands in the row.',
  },
  {
    label: 'Ingredient: supplier, is_active',
    table: 'ingredients',
    definition: '(supplier_id, is_active)',
    asks: { query: 'listIngredientsBySupplier' },
    verdict: 'there, narrower',
    reason: '`ingredients_supplier` holds the active ones only, and sorts them by name instead.',
  },
  {
    label: 'Ingredient: current_stock',
    table: 'stock_levels',
    definition: '(restaurant_id, on_hand)',
    asks: { query: 'countLowStock' },
    verdict: 'no',
    reason:
      'The hottest column there is: each line of each order changes it, and with it in an index each change writes an entry. Low is `on_hand` against the row’s own minimum, which an order of `on_hand` does not even find. `stock_levels_short` holds the answer instead, some rows in a hundred.',
  },
  {
    label: 'Supplier: name',
    table: 'suppliers',
    definition: '(name)',
    asks: { query: 'listAlertsBySupplier' },
    verdict: 'there',
    reason: `\`suppliers_name_unique\`. ${CONSTRAINT}`,
  },
  {
    label: 'Supplier: is_active',
    table: 'suppliers',
    definition: '(is_active)',
    asks: { query: 'listAlertsBySupplier' },
    verdict: 'no',
    reason: SMALL,
  },
  {
    label: 'Supplier: name, is_active',
    table: 'suppliers',
    definition: '(name, is_active)',
    asks: { query: 'listAlertsBySupplier' },
    verdict: 'no',
    reason: SMALL,
  },
  {
    label: 'Supplier: rating',
    table: 'suppliers',
    definition: '(rating)',
    asks: { query: 'listAlertsBySupplier' },
    verdict: 'no',
    reason: `${SMALL} Five values besides.`,
  },
  {
    label: 'MenuItem: name',
    table: 'menu_items',
    definition: '(name)',
    asks: { query: 'getMenuPage', given: { sort: 'name', descending: false } },
    verdict: 'no',
    reason: RANKED,
  },
  {
    label: 'MenuItem: price (listed twice)',
    table: 'menu_items',
    definition: '(price)',
    asks: { query: 'getMenuPage', given: { minPrice: 1000, maxPrice: 1200 } },
    verdict: 'no',
    reason: `${RANKED} A restaurant's own price may differ from the chain's, so the chain's would not find it. \`db_index\` and \`Meta\` would make two of it.`,
  },
  {
    label: 'MenuItem: category',
    table: 'menu_items',
    definition: '(category_id)',
    asks: { query: 'getMenuPage', given: { categoryId: 3 } },
    verdict: 'no',
    reason: `${RANKED} The counts beside the list need the other categories too.`,
  },
  {
    label: 'MenuItem: is_available',
    table: 'menu_items',
    definition: '(is_available)',
    asks: { query: 'getMenuPage' },
    verdict: 'no',
    reason: `${RANKED} Nearly all dishes are available.`,
  },
  {
    label: 'MenuItem: is_featured',
    table: 'menu_items',
    definition: '(is_featured)',
    asks: { query: 'getMenuPage' },
    verdict: 'no',
    reason: RANKED,
  },
  {
    label: 'MenuItem: name, is_available',
    table: 'menu_items',
    definition: '(name, is_available)',
    asks: { query: 'getMenuPage', given: { search: 'soup' } },
    verdict: 'no',
    reason: `${RANKED} A search within names does not begin at their first letter.`,
  },
  {
    label: 'MenuItem: category, is_available',
    table: 'menu_items',
    definition: '(category_id, is_available)',
    asks: { query: 'getMenuPage', given: { categoryId: 3 } },
    verdict: 'no',
    reason: RANKED,
  },
  {
    label: 'MenuItem: is_featured, is_available',
    table: 'menu_items',
    definition: '(is_featured, is_available)',
    asks: { query: 'getMenuPage' },
    verdict: 'no',
    reason: RANKED,
  },
  {
    label: 'Recipe: menu_item, ingredient (unique, and listed again)',
    table: 'recipe_ingredients',
    definition: '(recipe_id, ingredient_id)',
    asks: { query: 'getRecipeCard' },
    verdict: 'there',
    reason: `The primary key of \`recipe_ingredients\`. ${CONSTRAINT}`,
  },
  {
    label: 'Recipe: menu_item',
    table: 'recipe_ingredients',
    definition: '(recipe_id)',
    asks: { query: 'getRecipeCard' },
    verdict: 'there, longer',
    reason: 'The primary key begins with it.',
  },
  {
    label: 'Recipe: ingredient',
    table: 'recipe_ingredients',
    definition: '(ingredient_id)',
    asks: { query: 'listDishesUsing', given: { ingredientId: 480 } },
    verdict: 'there, longer',
    reason: '`recipe_ingredients_ingredient` also holds the recipe, so that the table is not visited.',
  },
  {
    label: 'Order: order_number (unique, and db_index)',
    table: 'orders',
    definition: '(restaurant_id, order_number)',
    asks: { query: 'getOrder' },
    verdict: 'there',
    reason: `\`orders_number\`, within the restaurant. ${CONSTRAINT}`,
  },
  {
    label: 'Order: restaurant',
    table: 'orders',
    definition: '(restaurant_id)',
    asks: { query: 'ordersByRestaurant' },
    verdict: 'there, longer',
    reason: 'The primary key begins with it and goes on in the order of time.',
  },
  {
    label: 'Order: customer',
    table: 'orders',
    definition: '(customer_id)',
    asks: { query: 'listCustomerOrders' },
    verdict: 'there, longer',
    reason:
      '`orders_of_customer` begins with it and goes on in the order of time, so that a page of a customer’s orders is read and no more. It leaves out the orders without a customer, five in six.',
  },
  {
    label: 'Order: status',
    table: 'orders',
    definition: '(status)',
    asks: { query: 'pendingOrders' },
    verdict: 'no',
    reason:
      'A hot column of six values, nearly all rows with one of them. It costs every order five index entries on its way, and finds all restaurants’ tickets at once.',
  },
  {
    label: 'Order: created_at (listed twice)',
    table: 'orders',
    definition: '(created_at)',
    asks: { query: 'todaysOrders' },
    verdict: 'no',
    reason:
      'A day is asked for by restaurant, and by its stored business date (`orders_call_number`): midnight in UTC is no day’s end. The order in time is that of the primary key.',
  },
  {
    label: 'Order: restaurant, status',
    table: 'orders',
    definition: '(restaurant_id, status)',
    asks: { query: 'takeWall' },
    verdict: 'there, narrower',
    reason:
      '`orders_on_wall` holds what is on the wall only. Both take the HOT update from a change of status; the whole one also keeps an entry for each order of the year.',
  },
  {
    label: 'Order: customer, created_at',
    table: 'orders',
    definition: '(customer_id, created_at)',
    asks: { query: 'listCustomerOrders' },
    verdict: 'there, narrower',
    reason:
      '`orders_of_customer` on (customer_id, id): ids are in the order of time and unique, so a page begins exactly where the last one ended.',
  },
  {
    label: 'Order: status, created_at',
    table: 'orders',
    definition: '(status, created_at)',
    asks: { query: 'pendingOrders' },
    verdict: 'no',
    reason: 'As for status. No screen asks for the oldest order of all restaurants.',
  },
  {
    label: 'OrderItem: order, menu_item',
    table: 'order_items',
    definition: '(restaurant_id, order_id, menu_item_id)',
    asks: { query: 'getOrder' },
    verdict: 'no',
    reason:
      'The primary key finds the lines of an order, in their order; there are three of them, and nobody looks for one dish among three.',
  },
  {
    label: 'OrderItem: order',
    table: 'order_items',
    definition: '(restaurant_id, order_id)',
    asks: { query: 'getOrder' },
    verdict: 'there, longer',
    reason: 'The primary key begins with it.',
  },
  {
    label: 'OrderItem: menu_item',
    table: 'order_items',
    definition: '(menu_item_id)',
    asks: { query: 'getKitchenDay' },
    verdict: 'no',
    reason:
      'Every count by dish starts from a restaurant’s day or from the rollup’s stored sales; dishes are deactivated and never deleted, so no check of the reference scans.',
  },
  {
    label: 'KitchenMetrics: restaurant, date (unique, and listed again)',
    table: 'daily_kitchen_metrics',
    definition: '(restaurant_id, business_date)',
    asks: { query: 'listUsualSales' },
    verdict: 'there',
    reason: `The primary key of \`daily_kitchen_metrics\`. ${CONSTRAINT}`,
  },
  {
    label: 'KitchenMetrics: date (listed twice)',
    table: 'daily_kitchen_metrics',
    definition: '(business_date)',
    asks: { query: 'listUsualSales' },
    verdict: 'there, longer',
    reason:
      '`daily_kitchen_metrics_day`: the stored days of a date, which is what the overview of the whole chain compares today with. In a table of one row a restaurant and day it costs next to nothing.',
  },
  {
    label: 'KitchenMetrics: restaurant',
    table: 'daily_kitchen_metrics',
    definition: '(restaurant_id)',
    asks: { query: 'listUsualSales' },
    verdict: 'there, longer',
    reason: 'The primary key begins with it.',
  },
]

/** What we tried or thought of ourselves and left out. */
export const OURS: readonly Candidate[] = [
  {
    label: 'recipes: trigrams of the title',
    table: 'recipes',
    definition: 'using gin (title gin_trgm_ops)',
    asks: { query: 'searchRecipes', given: { q: 'smokd aubergin' } },
    verdict: 'no',
    reason:
      'Larger than all words together. Misspelled words are corrected from `search_words`, some hundreds of rows.',
  },
  {
    label: 'recipes: words of the title alone',
    table: 'recipes',
    definition: 'using gin (title_stems)',
    asks: { query: 'searchRecipes', given: { q: 'smoked aubergine' } },
    verdict: 'there, longer',
    reason: '`recipes_search` has the ingredients and the cuisine too, and intersects within one index.',
  },
  {
    label: 'recipes: ingredients of the card alone',
    table: 'recipes',
    definition: 'using gin (ingredient_ids)',
    asks: { query: 'listSimilarRecipes', given: { recipeId: 20_000 } },
    verdict: 'there, longer',
    reason: 'As for the words.',
  },
  {
    label: 'search_words: trigrams of the word',
    table: 'search_words',
    definition: 'using gin (word gin_trgm_ops)',
    asks: { query: 'searchRecipes', given: { q: 'smokd aubergin' } },
    verdict: 'no',
    reason: 'Some hundreds of words are read faster than looked up.',
  },
  {
    label: 'orders: restaurant, created_at',
    table: 'orders',
    definition: '(restaurant_id, created_at)',
    asks: { query: 'ordersByRestaurant' },
    verdict: 'no',
    reason: 'The id is a UUIDv7, so the primary key is this order already.',
  },
  {
    label: 'item_popularity: restaurant, units',
    table: 'item_popularity',
    definition: '(restaurant_id, units)',
    asks: { query: 'getMenuPage', given: { wholeChain: false } },
    verdict: 'no',
    reason:
      'The rollup changes a unit count in place every night; an index on it turns each HOT update into index entries. The menu joins all dishes before it ranks them.',
  },
  {
    label: 'sessions: expires_at',
    table: 'sessions',
    definition: '(expires_at)',
    asks: { query: 'findPerson' },
    verdict: 'no',
    reason:
      'Moved on with each extension, so it would cost that its HOT update; the token finds the one row.',
  },
]
