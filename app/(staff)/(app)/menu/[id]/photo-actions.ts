'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { MOST_PHOTO_BYTES, storePhoto } from '@/app/_server/photos'
import { editDish } from '@/db/mutations/menu-edit'
import { idSchema } from '@/domain/text'
import { changeSetField, SET_CLOSED } from '../change-set-field'

const photo = z
  .string()
  .regex(/^([0-9a-f]{64})?$/)
  .transform((text) => text || null)

/** Gives a dish a photo, or with `remove` takes it away. */
export const setPhoto = defineAction({
  name: 'menu_item.photo',
  input: z.object({
    dish: idSchema,
    was: photo,
    file: z.instanceof(File, { error: 'Choose a picture.' }).optional(),
    remove: z.literal('yes').optional(),
    changes: changeSetField,
  }),
  permission: 'menu:edit',
  run: async (scope, { dish, was, file, remove, changes }) => {
    const stored = remove ? ({ ok: true, photo: null } as const) : await storePhoto(file ?? new Blob())
    if (!stored.ok) return stored
    const edit = {
      menuItemId: dish,
      base: { photo: was },
      patch: { photo: stored.photo },
      changeSetId: changes,
    }
    const edited = await editDish(database(), scope, edit)
    refresh()
    if (edited.ok) return { ok: true, photo: stored.photo, isLive: changes === null } as const
    return { ok: false, reason: edited.reason } as const
  },
  words: {
    photo_too_large: `This file is too large. Choose a picture of ${MOST_PHOTO_BYTES / 1024 / 1024} MB at most.`,
    no_photo: 'This file is no picture that can be shown. Choose a JPEG, PNG, WebP or AVIF.',
    gone: 'This dish is not there any more. Reload the page.',
    set_closed: SET_CLOSED,
    refused: 'The database refused this. Reload the page.',
    changed_meanwhile: 'Somebody else changed the photo meanwhile. Look at theirs, then choose again.',
  },
})
