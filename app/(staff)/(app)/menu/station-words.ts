import type { Station } from '@/domain/vocabulary'

export const STATION_WORDS: Record<Station, string> = {
  grill: 'Grill',
  fry: 'Fry',
  saute: 'Sauté',
  pasta: 'Pasta',
  pizza: 'Pizza',
  cold: 'Cold',
  pastry: 'Pastry',
  bar: 'Bar',
}
