/** Why each index of the schema is there: the query that it serves first. An index without a sentence ends the bench. */
export const REASONS: Readonly<Record<string, string>> = {
  accounts_pkey: 'The key; better-auth updates an account by it.',
  accounts_user: 'Signing in looks up the account of a person, `setPasswordByLink` too.',
  age_thresholds_restaurant_id_channel_pk:
    "A restaurant's thresholds, one per channel; a second one is refused.",
  api_keys_restaurant_id_key_hash_pk:
    '`findApiScope` on every request of a POS: the key names its restaurant.',
  api_rates_restaurant_id_key_hash_pk:
    '`admitApiRequest` on every request of a POS: one upsert of its key’s allowance.',
  audit_log_created: '`listAudit` without a filter, or of a time: the newest first, a page by keyset.',
  audit_log_pkey: 'The key; a page of the audit begins after the row of one.',
  audit_log_publication:
    '`undoPublication`: what was changed in one go, to be taken back in one. Only rows that belong to a publication.',
  audit_log_subject:
    'What happened to one thing: `listAudit` by thing, `listPriceHistory`, and `lastChange`, which says who saved first.',
  audit_log_user: '`listAudit` by person, newest first.',
  cache_invalidations_pkey: 'What became stale after the number that a process saw last.',
  categories_name_unique: 'No two categories of one name. Never read: the table is one page.',
  categories_pkey: 'The key that dishes refer to.',
  chain_food_costs_business_date_part_pk: 'Food cost and waste of the whole chain over a range of dates.',
  chain_item_months_month_menu_item_id_pk:
    'What each dish sold in whole months of a range (`listProductMix`).',
  chain_item_sales_business_date_menu_item_id_pk:
    '`listProductMix` of the whole chain over a range of dates.',
  chain_kitchen_months_dimension_month_part_pk:
    'What whole months of a range have of the part that a report of the chain asks for.',
  chain_kitchen_parts_dimension_business_date_part_pk:
    'Reports of the whole chain: one dimension over a range of dates; the closing of days deletes by it.',
  chain_popularity_pkey: '`getMenuPage` joins units to dishes; the rollup upserts by it.',
  change_set_edits_pkey: 'The key; edits are dropped and settled by it.',
  change_set_edits_thing:
    'The edits of one change set; a second one of the same thing becomes part of the first.',
  change_sets_open_name: 'No two open change sets of one name. Never read: the table is one page.',
  change_sets_pkey: 'The key that edits and publications refer to.',
  chefs_name_key:
    '`createRecipes`: the chef of a name, as people compare names (case, accents and spaces aside).',
  chefs_pkey: 'The key; `searchRecipes` joins the chefs of one page.',
  chefs_words:
    '`searchRecipes` finds the chefs with a word in their name. Small, but taking names apart is not cheap.',
  customers_contact:
    '`placeOrder`: whether a guest of this number or address ordered before, so that their orders are one customer’s.',
  customers_pkey: "The key; lists of orders join the guest's name.",
  customers_search:
    '`searchCustomers`: a piece of a name, a number or an address, without regard to accents.',
  daily_food_costs_restaurant_id_business_date_part_pk:
    'Food cost and waste of restaurants: a range of business days of each.',
  daily_item_sales_restaurant_id_business_date_menu_item_id_pk:
    '`rollUpPopularity` reads a range of business days of each restaurant; the rollup upserts by it.',
  daily_kitchen_metrics_day:
    '`listUsualSales`: the stored days of four dates, which lie together, in four steps into the index for the whole chain instead of one for each restaurant, or those of some restaurants.',
  daily_kitchen_metrics_restaurant_id_business_date_pk:
    '`listDays` reads a range of a restaurant’s days; closing a day upserts by it.',
  daily_kitchen_parts_pk: 'Reports of restaurants: a range of business days of each.',
  daily_stock_use_restaurant_id_business_date_ingredient_id_pk:
    '`getStockVariance` reads some days of all ingredients, `listIngredientUse` probes it day by day; the rollup upserts by it.',
  deliveries_order: 'What came for a purchase order: `getPurchaseOrder`.',
  deliveries_restaurant_id_id_pk: 'The key; a delivery that is sent twice finds itself.',
  delivery_lines_ingredient: '`listPaidPrices`: what an ingredient cost, delivery by delivery.',
  delivery_lines_restaurant_id_delivery_id_ingredient_id_pk:
    'The lines of a delivery; one ingredient stands on it once.',
  device_pairings_code: 'The code that somebody types names one waiting screen.',
  device_pairings_pkey: 'The waiting screen asks for its own row every few seconds.',
  devices_restaurant_id_id_pk:
    '`findDeviceScope` on every request of a wall screen; the list of screens of a restaurant.',
  food_cost_rollups_pkey: "Up to which day a restaurant's ledger is in the food costs.",
  former_slugs_pkey:
    'An address that a restaurant had before leads to its present one; a new slug takes it over.',
  housekeeping_runs_job_id_pk: '`listJobs`: the last runs of each job.',
  import_rows_import_id_row_pk: 'The rows of one file in their order: the list, and what is taken next.',
  import_rows_thing: '`checkImport`: an earlier row of the file on the same thing; a second one is refused.',
  import_rows_verdict: '`listImportRows` of one verdict, and the file of refused rows, by keyset.',
  imports_pkey: 'The key; an import notes its progress by it.',
  ingredient_frequencies_pkey: '`listSimilarRecipes` weighs the ingredients of one card.',
  ingredients_name_key: '`createRecipes`: the ingredient of a name, as people compare names.',
  ingredients_name_unique: 'No two ingredients of one name.',
  ingredients_pkey: 'The key; cards, stock and alerts join by it.',
  ingredients_supplier:
    "`listIngredientsBySupplier`: one supplier's active ingredients in the order of their names, a page by keyset.",
  ingredients_words: '`searchRecipes` finds the ingredients with a word in their name.',
  item_popularity_restaurant_id_menu_item_id_pk: '`getMenuPage` and `getGuestMenu` of one restaurant.',
  kitchen_feed_pkey: 'The one counter of a restaurant, which every change of its screens locks and raises.',
  kitchen_rollups_pkey: 'Up to which day a restaurant is closed: every report joins it.',
  memberships_restaurant_id_user_id_pk: 'Who works in a restaurant; nobody is there twice.',
  memberships_user: '`findPerson` on every request: the restaurants of one person.',
  menu_items_name_key:
    '`checkImport`, `takeImport`: the dish of a name, as people compare names; a file has up to 50,000 of them.',
  menu_items_pkey: 'The key; order lines, overrides and popularity join by it.',
  menu_items_recipe:
    '`listDishesUsing`: from a short ingredient over its recipes to the dishes that sell them.',
  menu_overrides_restaurant_id_menu_item_id_pk:
    'What one restaurant does differently; an 86 is an upsert by it.',
  monthly_kitchen_figures_restaurant_id_month_pk:
    'Whole months of a range, by restaurant (`listRestaurantFigures`).',
  order_events_figures:
    'The recalls and ticks of orders that no closed day has yet (`orderFigures`), without the steps of every ticket between.',
  order_events_order:
    "One order's history, and the cascade of `purgeOrders`: without it each purged order scans the log.",
  order_events_restaurant_id_seq_n_pk: 'What a screen missed: the events after its number, in commit order.',
  order_items_restaurant_id_order_id_line_pk:
    'The lines of a ticket in their order (`takeWall`, `getKitchenDay`, `getOrder`), and the cascade.',
  order_requests_order: 'The cascade of `purgeOrders`.',
  order_requests_restaurant_id_idempotency_key_pk:
    'The same `Idempotency-Key` gets the same answer: the insert races on it.',
  orders_call_number:
    "No two orders of a day are called the same. One restaurant's business day: `todaysOrders`, `getKitchenDay`, `getOrderDay`, the rollup and the purge; and `findAnything` finds by it who is called by a number today.",
  orders_day:
    '`listOverview` of the whole chain: the orders of a date, which lie together, in one step into the index instead of one for each of 500 restaurants. Of an expression, so that the planner takes it for nothing else.',
  orders_of_customer:
    '`listCustomerOrders` and `searchCustomers`: the orders of one customer in all restaurants, a page by keyset. Only orders that have a customer, five in six do not.',
  orders_number: 'No two orders of a restaurant have one number; support looks orders up by it.',
  orders_on_wall:
    "`takeWall` and `countOpenTickets`: the dozen rows of a restaurant that its wall shows, of a year's ten thousand. It takes the HOT update from each change of status, since the status stands in its predicate; that is the price of a wall that never reads history, and the index is so small that its own entries cost little.",
  orders_restaurant_id_id_pk:
    'The key, which is the order in time too (UUIDv7): `getOrder`, `ordersByRestaurant` by keyset, every transition.',
  publications_pkey: 'The key; `undoPublication` locks its row.',
  publications_undoes: 'Whether a publication was undone; of two who undo it at once, the second is refused.',
  purchase_order_lines_open:
    'What is on order of an ingredient: `listStock`, `listProposals`, `listAlertsBySupplier` and drafts. Only what is on its way, however many years of orders there are.',
  purchase_order_lines_restaurant_id_order_id_ingredient_id_pk:
    'The lines of a purchase order; one ingredient stands on it once.',
  purchase_orders_draft:
    'One draft a supplier and restaurant: a second one would order everything twice. Only drafts.',
  purchase_orders_number:
    '`listPurchaseOrders`, newest first; two orders of a restaurant never have one number.',
  purchase_orders_restaurant_id_id_pk: 'The key of a purchase order, which whoever changes it locks.',
  rate_limits_key_unique: 'The counter of one address and path, on every sign-in request.',
  rate_limits_pkey: 'The key; better-auth wants one.',
  recipe_components_recipe_id_name_pk: 'What one recipe takes from batches; each only once.',
  recipe_imports_file: 'A file that was imported before is known by its content, wherever it lies.',
  recipe_imports_pkey: 'The key; an import notes its progress by it.',
  recipe_ingredients_ingredient:
    '`listDishesUsing`: which dishes a shortage stops. Also the check of the reference to ingredients.',
  recipe_ingredients_recipe_id_ingredient_id_pk:
    '`getRecipeCard`, `canBePrepared`, plate costs: the lines of one recipe; no ingredient is there twice.',
  recipe_steps_recipe_id_position_pk: 'The method of one recipe in its order.',
  recipes_chef: "`searchRecipes` by the chef's experience or name, and the check of the reference.",
  recipes_cuisine_prep:
    '`searchRecipes` in one cuisine, quickest first: it walks the answer in its order. Also finds a rare cuisine for any other order.',
  recipes_difficulty_prep:
    '`searchRecipes` by difficulty, quickest first. Difficulty goes with prep time: the hard ones begin where half of `recipes_prep` has passed.',
  recipes_import_key:
    '`createRecipes`: is a recipe of the source in the book already? Holds only what was imported; measured with a book that was.',
  recipes_newest: '`searchRecipes` sorted by newest.',
  recipes_pkey: 'The key; pages fetch the rows of what an index found.',
  recipes_prep: '`searchRecipes` quickest first, under any filter that many recipes meet.',
  recipes_search:
    '`searchRecipes` by words, ingredients or diets, `listSimilarRecipes`: gathers the rare matches. By far the dearest to write, most of it when its list of new entries is merged; recipes are read thousands of times for each time one is written.',
  recipes_title: '`searchRecipes` sorted by title.',
  restaurant_groups_name_unique: 'No two groups of one name. Never read: the table is one page.',
  restaurant_groups_pkey: 'The key; a group is changed by it.',
  restaurants_pkey: 'The key.',
  restaurants_slug_unique: '`findGuestScope`: the one restaurant of an address.',
  search_words_pkey: 'The rollup upserts by it.',
  sessions_pkey: 'The key; better-auth deletes a session by it.',
  sessions_token_unique: '`findPerson` on every request.',
  sessions_user: 'Ending all sessions of a person who was deactivated or chose a new password.',
  sign_in_failures_pkey: 'Counts the wrong passwords of one account.',
  stock_alerts_answered:
    '`listAlertsBySupplier`: what somebody said may wait. Only open alerts that were answered, so raising and clearing others costs it nothing.',
  stock_alerts_open:
    'What is open: `countAlerts`, and when it was raised for `listAlertsBySupplier`; what is open is not raised again. Only alerts that nothing has cleared.',
  stock_alerts_restaurant_id_id_pk: 'The key. Never read: the open ones have an index of their own.',
  stock_count_lines_restaurant_id_count_id_ingredient_id_pk:
    'The lines of a count, each saved over what was typed before.',
  stock_counts_restaurant_id_id_pk:
    '`listStockCounts`, newest first; `getChainCountCoverage`, the newest of each restaurant; a count that is begun twice finds itself.',
  stock_levels_restaurant_id_ingredient_id_pk:
    'A deduction locks the rows of one restaurant in the order of this key.',
  stock_levels_short:
    '`listAlertsBySupplier`, from the index alone, with what it computes of a level; `countLowStock`, `listLowStock`. Holds only what is low or forecast, some rows in a hundred. It takes the HOT update from each deduction, since `on_hand` stands in its predicate; without it the alerts of a chain of 500 restaurants scan 250,000 rows.',
  stock_movements_day:
    'What the days that are not stored yet cost, summed from the index alone, and what was thrown away on them, without a look at the rest.',
  stock_movements_ingredient:
    "`listStockMovements`: one ingredient's journal, newest first; and the ledger's sum.",
  stock_movements_order: 'What an order took, to give it back when it is cancelled or changed.',
  stock_movements_restaurant_id_id_pk: 'The key, in time order.',
  stock_rollups_pkey: "Up to which day a restaurant's ledger is rolled up.",
  stock_transfer_lines_restaurant_id_transfer_id_ingredient_id_pk:
    'The lines of a transfer; one ingredient stands on it once.',
  stock_transfers_restaurant_id_id_pk:
    '`listTransfers`, what left; a transfer that is sent twice finds itself.',
  stock_transfers_to: '`listTransfers`, what came from other restaurants.',
  stock_use_restaurant_id_ingredient_id_pk:
    'What each weekday used of an ingredient: `listStock`, alerts and forecasts join by it.',
  suppliers_name_unique: 'No two suppliers of one name.',
  suppliers_pkey: 'The key; alerts join the suppliers of one page.',
  users_email_unique: 'Signing in, and no two people of one address.',
  users_pkey: 'The key; `findPerson` joins by it.',
  users_search: '`listPeople` and the palette: a piece of a name or an address, without regard to accents.',
  verifications_identifier: 'A one-time link is followed.',
  verifications_pkey: 'The key; better-auth deletes by it.',
  wall_moves_restaurant_id_id_pk: 'A press that is sent again finds the answer of the first.',
  waste_entries_restaurant_id_id_pk: '`listWaste`, newest first; waste that is sent twice finds itself.',
}
