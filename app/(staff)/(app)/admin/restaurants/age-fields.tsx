'use client'

import { TextField } from '@/app/_ui/field'
import { FieldGroup } from '@/app/_ui/field-group'
import { fieldId } from '@/app/_ui/form/field-names'
import type { FormView } from '@/app/_ui/form/record-form'
import { CHANNELS } from '@/domain/vocabulary'
import { CHANNEL_WORDS } from '../../orders/words'

/** From how many minutes on tickets turn amber and red: the restaurant's, and where a channel's differ. */
export function AgeFields({ form }: { form: FormView }) {
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <FieldGroup
        id={fieldId('ages')}
        label="Tickets are due and late after, in minutes"
        error={form.error('ages')}
        className="grid grid-cols-2 gap-4"
      >
        <Minutes form={form} name="ages" of="" />
      </FieldGroup>
      {CHANNELS.map((channel) => (
        <FieldGroup
          key={channel}
          id={fieldId(`channelAges.${channel}`)}
          label={CHANNEL_WORDS[channel]}
          hint="Both empty: as above."
          error={form.error(`channelAges.${channel}`)}
          className="grid grid-cols-2 gap-4"
        >
          <Minutes form={form} name={`channelAges.${channel}`} of={`, ${CHANNEL_WORDS[channel]}`} />
        </FieldGroup>
      ))}
    </div>
  )
}

function Minutes({ form: { field }, name, of }: { form: FormView; name: string; of: string }) {
  return (
    <>
      <TextField
        label="Due after"
        aria-label={`Due after${of}`}
        inputMode="numeric"
        {...field(`${name}.amber`)}
      />
      <TextField
        label="Late after"
        aria-label={`Late after${of}`}
        inputMode="numeric"
        {...field(`${name}.red`)}
      />
    </>
  )
}
