import { redirect } from 'next/navigation'
import { continuePairing } from '@/app/_server/pairing'

/** Where a screen goes when its code ran out or was approved: on to a new code, or to its wall. */
export async function GET(): Promise<never> {
  redirect(await continuePairing())
}
