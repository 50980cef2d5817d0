import { headers } from 'next/headers'
import type { MoneyFormat } from '../_ui/money'
import { environment } from './environment'
import { matchLocale } from './match-locale'

/** How numbers and money are written for the person who reads this page. */
export async function readerFormat(): Promise<MoneyFormat> {
  const accepted = (await headers()).get('accept-language')
  return { currency: environment().CURRENCY, locale: matchLocale(accepted) }
}
