import type { CsvCell } from '@/app/_server/csv'
import { environment } from '@/app/_server/environment'
import { moneyText } from '@/domain/money-input'

/** The parameters of the page whose list it is. */
export type Given = Record<string, string | string[] | undefined>

/** A list as a file: its columns, and its rows a batch at a time. */
export type Exported = { header: readonly string[]; rows: AsyncIterable<CsvCell[][]> }

/** Cents as the file says them: a plain decimal number in the chain's currency. */
export const money = (cents: number): string => moneyText(cents, environment().CURRENCY)

/** Milliseconds since 1970 as ISO 8601 in UTC; nothing for never. */
export const instant = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString())
