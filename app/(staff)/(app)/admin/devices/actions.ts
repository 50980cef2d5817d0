'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { renameDevice, revokeDevice } from '@/db/mutations/devices'
import { approvePairing } from '@/db/mutations/pairing'
import { deviceNameSchema, PAIRING_MINUTES, pairingCodeSchema } from '@/domain/pairing'

const NAME_TAKEN = 'Another screen of this restaurant has this name. Choose a different one.'
const UNKNOWN = 'This screen is revoked already, or was never there. Reload the page.'

const aDevice = z.object({ restaurant: z.string(), device: z.coerce.number().int().min(1).max(999_999_999) })

/** Makes the screen that shows a code a wall of this restaurant. */
export const approve = defineAction({
  name: 'device.approve',
  input: z.object({ restaurant: z.string(), code: pairingCodeSchema, name: deviceNameSchema }),
  permission: 'devices:manage',
  restaurant: (form) => form.restaurant,
  run: async (scope, { code, name }) => {
    const approved = await approvePairing(database(), scope, { code, name })
    if (!approved.ok) return approved
    refresh()
    return { ok: true, name, restaurant: scope.restaurant.name } as const
  },
  words: {
    unknown_code: `No screen shows this code now. Codes change every ${PAIRING_MINUTES} minutes: look at the screen again.`,
    already_approved: 'This code was used already. If the screen shows another one, type that.',
    name_taken: NAME_TAKEN,
    too_many_tries: ({ seconds }) =>
      `Too many wrong codes. Wait ${inMinutes(seconds)}, then type what the screen shows then.`,
  },
})

const inMinutes = (seconds: number) => (seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`)

/** Gives a screen another name. */
export const rename = defineAction({
  name: 'device.rename',
  input: aDevice.extend({ name: deviceNameSchema }),
  permission: 'devices:manage',
  restaurant: (form) => form.restaurant,
  run: async (scope, { device, name }) => {
    const renamed = await renameDevice(database(), scope, { deviceId: device, name })
    if (!renamed.ok) return renamed
    refresh()
    return { ok: true, name } as const
  },
  words: { unknown_device: UNKNOWN, name_taken: NAME_TAKEN },
})

/** Ends a screen for good and shows the list, where it stands as revoked. */
export const revoke = defineAction({
  name: 'device.revoke',
  input: aDevice,
  permission: 'devices:manage',
  restaurant: (form) => form.restaurant,
  run: async (scope, { device }) => {
    const revoked = await revokeDevice(database(), scope, { deviceId: device })
    if (revoked.ok) redirect('/admin/devices')
    return revoked
  },
  words: { unknown_device: UNKNOWN },
})
