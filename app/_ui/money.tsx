import { formatMoney } from '@/domain/money'

/** The chain's one currency and the reader's locale, as `app/_server/reader.ts` tells them. */
export type MoneyFormat = { currency: string; locale: string }

/** An amount in cents. */
export const Money = ({ cents, format }: { cents: number; format: MoneyFormat }) =>
  formatMoney(cents, format.currency, format.locale)
