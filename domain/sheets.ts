import type { Column, Sheet, SheetKind } from './sheet'
import * as cell from './sheet-cells'
import { ALLERGENS, ANIMAL_SOURCES, STATIONS, STORAGE_AREAS, UNITS } from './vocabulary'

const text = (
  name: string,
  field: string,
  about: string,
  example: string,
  rest: Partial<Column> = {},
): Column => ({
  name,
  field,
  about,
  example,
  read: cell.readText,
  wrong: 'can’t be read',
  write: cell.writeText as Column['write'],
  ...rest,
})

const whole = (
  name: string,
  field: string,
  about: string,
  example: string,
  rest: Partial<Column> = {},
): Column => ({
  ...text(name, field, about, example),
  read: cell.readWhole,
  wrong: 'is no whole number',
  write: cell.writeWhole as Column['write'],
  ...rest,
})

const flag = (name: string, field: string, about: string): Column => ({
  ...text(name, field, `${about}: yes or no`, 'yes'),
  read: cell.readFlag,
  wrong: 'is neither yes nor no',
  write: cell.writeFlag as Column['write'],
})

const reference = (
  name: Column['refers'] & string,
  about: string,
  example: string,
  rest: Partial<Column> = {},
) => text(name, `${name}Id`, about, example, { refers: name, ...rest })

const amount = (name: string, field: string, about: string, example: string): Column => ({
  ...text(name, field, about, example),
  read: cell.readAmount,
  wrong: 'is no amount, such as 2.5 or 500 g',
})

const menuItem: Sheet = {
  columns: [
    text('name', 'name', 'What guests read on the menu', 'Lemon sole'),
    text('description', 'description', 'Below the name; may be empty', 'With brown butter', { empty: '' }),
    text('price', 'price', 'Such as 18.50 or 18,50', '18.50', {
      read: cell.readPrice,
      wrong: 'is no price, such as 18.50',
      write: cell.writePrice as Column['write'],
    }),
    reference('category', 'The name of a category that there is', 'Mains'),
    reference(
      'recipe',
      'The name of a recipe as it is spelled, or its number, such as #12; may be empty',
      '',
      {
        empty: null,
      },
    ),
    text('station', 'station', `One of ${STATIONS.join(', ')}`, 'saute', {
      read: (word) => STATIONS.find((station) => station === word.toLowerCase()),
      wrong: `is none of ${STATIONS.join(', ')}`,
    }),
    whole('prep_minutes', 'prepMinutes', 'Whole minutes', '14'),
    whole('calories', 'calories', 'Whole kilocalories; empty: as the recipe says', '', { empty: null }),
    flag('available', 'isAvailable', 'Whether it is sold'),
    flag('featured', 'isFeatured', 'Whether it is shown first'),
  ],
  defaults: {
    description: '',
    recipeId: null,
    calories: null,
    isAvailable: true,
    isFeatured: false,
    photo: null,
  },
}

const ingredient: Sheet = {
  columns: [
    text('name', 'name', 'What cooks call it', 'Brown butter'),
    text('unit', 'unit', `One of ${UNITS.join(', ')}`, 'kg', {
      read: cell.readUnit,
      wrong: `is none of ${UNITS.join(', ')}`,
    }),
    text('unit_price', 'unitPrice', 'For one unit, such as 9.80', '9.80', {
      read: cell.readUnitPrice,
      wrong: 'is no price, such as 9.80',
      write: cell.writeUnitPrice as Column['write'],
    }),
    reference('supplier', 'The name of a supplier that there is', 'Dairy North'),
    amount('pack_size', 'packSize', 'How much one ordering pack holds, such as 2.5 or 500 g', '2.5'),
    amount('minimum', 'minimum', 'Where restaurants begin to be warned, such as 5 or 500 g', '5'),
    text('kept', 'storageArea', `One of ${STORAGE_AREAS.join(', ')}`, 'chilled', {
      read: (word) => STORAGE_AREAS.find((area) => area === word.toLowerCase()),
      wrong: `is none of ${STORAGE_AREAS.join(', ')}`,
    }),
    text(
      'allergens',
      'allergens',
      `Any of ${ALLERGENS.join(', ')}, with spaces between them; may be empty`,
      'milk',
      {
        empty: [],
        read: cell.readAllergens,
        wrong: `has a word that is none of ${ALLERGENS.join(', ')}`,
        write: cell.writeList as Column['write'],
      },
    ),
    text(
      'from_animals',
      'animalSources',
      `Any of ${ANIMAL_SOURCES.join(', ')}, with spaces between them; none: nothing comes from animals; empty: not known`,
      'dairy',
      {
        empty: null,
        read: cell.readAnimalSources,
        wrong: `has a word that is none of ${ANIMAL_SOURCES.join(', ')}, none`,
        write: cell.writeAnimalSources as Column['write'],
      },
    ),
    flag('active', 'isActive', 'Whether it can be used'),
  ],
  defaults: {
    packSize: '1',
    minimum: '10',
    storageArea: 'dry',
    allergens: [],
    animalSources: null,
    isActive: true,
  },
}

const supplier: Sheet = {
  columns: [
    text('name', 'name', 'What the supplier is called', 'Dairy North'),
    text('contact', 'contactPerson', 'Whom to ask for; may be empty', 'Ida Holm', { empty: '' }),
    text('phone', 'phone', 'May be empty', '030 555 0101', { empty: '' }),
    text('email', 'email', 'May be empty', 'orders@example.com', { empty: '' }),
    text('address', 'address', 'May be empty', 'Hafenstr. 3, Kiel', { empty: '' }),
    whole('rating', 'rating', 'Stars from 1 to 5', '4'),
    whole('lead_time_days', 'leadTimeDays', 'Days from order to delivery', '2'),
    text('order_days', 'orderDays', 'Weekdays on which it takes orders, such as Mon Wed Fri', 'Mon Wed Fri', {
      read: cell.readDays,
      wrong: 'has a word that is no weekday, such as Mon',
      write: cell.writeDays as Column['write'],
    }),
    text('minimum_order', 'minimumOrder', 'What an order should come to, such as 150; may be empty', '150', {
      read: cell.readPrice,
      wrong: 'is no amount, such as 150',
      write: cell.writePrice as Column['write'],
      empty: null,
    }),
    flag('active', 'isActive', 'Whether the chain buys there'),
  ],
  defaults: {
    contactPerson: '',
    phone: '',
    email: '',
    address: '',
    rating: 5,
    leadTimeDays: 2,
    orderDays: [1, 2, 3, 4, 5, 6, 7],
    minimumOrder: null,
    isActive: true,
  },
}

/** How records stand in tables that are taken in and given out. Recipes have a format of their own (`recipe-cells`). */
export const SHEETS: { [K in Exclude<SheetKind, 'recipe'>]: Sheet } = {
  menu_item: menuItem,
  ingredient,
  supplier,
}
