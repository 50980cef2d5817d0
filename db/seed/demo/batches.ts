import type { Unit } from '@/domain/vocabulary'

/** What dishes take, for one portion, from the batches that the kitchens make ahead. */
export const BATCHES: readonly (readonly [dish: string, batch: string, quantity: number, unit: Unit])[] = [
  ['Spaghetti al pomodoro', 'Tomato sauce', 0.18, 'l'],
  ['Penne all’arrabbiata', 'Tomato sauce', 0.15, 'l'],
  ['Rigatoni all’amatriciana', 'Tomato sauce', 0.12, 'l'],
  ['Margherita', 'Tomato sauce', 0.08, 'l'],
  ['Napoli', 'Tomato sauce', 0.08, 'l'],
  ['Bufala', 'Tomato sauce', 0.08, 'l'],
  ['Diavola', 'Tomato sauce', 0.08, 'l'],
  ['Tagliatelle al ragù', 'Ragù', 0.16, 'kg'],
  ['Lasagne al forno', 'Ragù', 0.14, 'kg'],
  ['Lasagne al forno', 'Béchamel', 0.12, 'l'],
  ['Margherita', 'Pizza dough', 0.25, 'kg'],
  ['Napoli', 'Pizza dough', 0.25, 'kg'],
  ['Bufala', 'Pizza dough', 0.25, 'kg'],
  ['Diavola', 'Pizza dough', 0.25, 'kg'],
  ['Quattro formaggi', 'Pizza dough', 0.25, 'kg'],
  ['Prosciutto e rucola', 'Pizza dough', 0.25, 'kg'],
  ['Funghi', 'Pizza dough', 0.25, 'kg'],
  ['Nordica', 'Pizza dough', 0.25, 'kg'],
]
