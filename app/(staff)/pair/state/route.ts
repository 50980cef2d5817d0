import { currentPairing } from '@/app/_server/pairing'
import { unavailable } from '@/app/_server/problem'

export type PairingState = { state: 'waiting'; secondsLeft: number } | { state: 'over' }

/** Whether the code on this screen still waits: `over` once it was approved or ran out. */
export async function GET(): Promise<Response> {
  try {
    const pairing = await currentPairing()
    const state: PairingState =
      pairing?.state === 'waiting'
        ? { state: 'waiting', secondsLeft: pairing.secondsLeft }
        : { state: 'over' }
    return Response.json(state, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const busy = unavailable(error)
    if (busy) return busy
    throw error
  }
}
