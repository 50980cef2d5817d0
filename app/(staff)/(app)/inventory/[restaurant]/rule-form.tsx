'use client'

import { useEffect } from 'react'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { useFormAction } from '@/app/_ui/form/use-form-action'
import { FormMessage } from '@/app/_ui/form-message'
import type { Unit } from '@/domain/vocabulary'
import { saveRule } from './rule-actions'

export type Rule = {
  restaurant: string
  ingredient: number
  name: string
  unit: Unit
  /** Numeric strings in the unit. */
  minimum: string
  par: string
}

/**
 * Minimum and par of one ingredient. What the form showed travels with it: what somebody else saved meanwhile is told,
 * and replaced by sending again.
 */
export function RuleForm({ rule, onSaved }: { rule: Rule; onSaved?: () => void }) {
  const { answer, form } = useFormAction(saveRule)
  const failure = answer?.ok === false ? answer : null
  const base = failure?.reason === 'changed_meanwhile' ? failure.theirs : rule
  useEffect(() => {
    if (answer?.ok) onSaved?.()
  }, [answer, onSaved])
  return (
    <form {...form} className="grid gap-3">
      <input type="hidden" name="restaurant" value={rule.restaurant} />
      <input type="hidden" name="ingredientId" value={rule.ingredient} />
      <input type="hidden" name="base.minimum" value={base.minimum} />
      <input type="hidden" name="base.par" value={base.par} />
      <div className="grid grid-cols-[1fr_1fr_auto] items-start gap-2">
        {(['minimum', 'par'] as const).map((name) => (
          <TextField
            key={`${name} ${rule[name]}`}
            name={name}
            label={name === 'minimum' ? `Minimum, ${rule.unit}` : `Par, ${rule.unit}`}
            defaultValue={failure?.values?.[name] ?? rule[name]}
            error={failure?.fields?.[name]}
            inputMode="decimal"
            autoComplete="off"
            required
            className="min-w-0"
          />
        ))}
        <Button variant="primary" className="mt-7 md:mt-6">
          Save
        </Button>
      </div>
      <FormMessage>{failure && !failure.fields ? failure.message : null}</FormMessage>
      <p role="status" className="text-muted empty:hidden">
        {answer?.ok ? 'Saved.' : null}
      </p>
    </form>
  )
}
