'use client'

import type { RefObject } from 'react'
import { classes } from '@/app/_ui/classes'
import { TextField } from '@/app/_ui/field'
import type { OrderDraft } from '@/domain/order-draft'
import { CHANNELS } from '@/domain/vocabulary'
import { CHANNEL_WORDS } from '../../words'

/** How the order leaves and whose it is. */
export function GuestFields({
  draft,
  place,
  onChange,
}: {
  draft: OrderDraft
  place: RefObject<HTMLInputElement | null>
  onChange: (change: Partial<OrderDraft>) => void
}) {
  const isDineIn = draft.channel === 'dine_in'
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <fieldset className="grid grid-cols-3 gap-1">
        <legend className="sr-only">Channel</legend>
        {CHANNELS.map((channel) => (
          <label
            key={channel}
            className={classes(
              'grid min-h-14 cursor-pointer place-items-center rounded-md border font-semibold has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent md:min-h-11 pointer-coarse:min-h-14',
              channel === draft.channel
                ? 'border-accent bg-accent text-accent-ink'
                : 'border-edge hover:bg-wash',
            )}
          >
            <input
              type="radio"
              name="channel"
              value={channel}
              checked={channel === draft.channel}
              onChange={() => onChange({ channel })}
              className="sr-only"
            />
            {CHANNEL_WORDS[channel]}
          </label>
        ))}
      </fieldset>
      <div className="grid grid-cols-2 gap-2 *:min-w-0">
        <TextField
          ref={place}
          label={isDineIn ? 'Table or name' : 'Name'}
          value={draft.placeOrName}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => onChange({ placeOrName: event.currentTarget.value })}
          className={isDineIn ? 'col-span-2' : undefined}
        />
        {isDineIn ? null : (
          <TextField
            type="tel"
            label="Phone"
            value={draft.phone}
            maxLength={20}
            autoComplete="off"
            onChange={(event) => onChange({ phone: event.currentTarget.value })}
          />
        )}
      </div>
      <TextField
        label={draft.channel === 'delivery' ? 'Address and instructions' : 'Instructions for the kitchen'}
        value={draft.instructions}
        maxLength={1000}
        autoComplete="off"
        onChange={(event) => onChange({ instructions: event.currentTarget.value })}
      />
    </div>
  )
}
