import Form from 'next/form'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import type { MoneyFormat } from '@/app/_ui/money'
import { PRICE_ENDINGS } from '@/domain/price-change'
import { BULK_KINDS, type ChangeFields } from './change-params'
import { endingWords, KIND_WORDS } from './words'

/** What shall become of the dishes. A GET form: a preview is a page that can be reloaded and sent to somebody. */
export function ChangeForm({
  keep,
  fields,
  error,
  categories,
  format,
}: {
  /** Which dishes, as the page's URL says it. */
  keep: readonly (readonly [string, string])[]
  fields: ChangeFields
  error: string | null
  categories: readonly { id: number; name: string }[]
  format: MoneyFormat
}) {
  const isOfCategory = fields.what === 'category'
  return (
    <Form
      action="/menu/change"
      prefetch={false}
      scroll={false}
      className="group grid max-w-4xl gap-3 pb-6 md:flex md:flex-wrap"
    >
      {keep.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <SelectField
        key={`what ${fields.what}`}
        name="what"
        label="Change"
        defaultValue={fields.what || 'percent'}
        className="md:w-48"
      >
        {BULK_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {KIND_WORDS[kind]}
          </option>
        ))}
      </SelectField>
      <div className="hidden gap-3 group-has-[[value=amount]:checked]:contents group-has-[[value=percent]:checked]:contents">
        <TextField
          key={`by ${fields.by}`}
          name="by"
          label="By"
          hint={`5 raises, -5 lowers, in percent or ${format.currency}`}
          error={isOfCategory ? undefined : (error ?? undefined)}
          defaultValue={fields.by}
          maxLength={20}
          autoComplete="off"
          className="md:w-56"
        />
        <SelectField
          key={`ending ${fields.ending}`}
          name="ending"
          label="Rounded"
          hint="A raise lowers no price, a cut raises none."
          defaultValue={fields.ending || 'exact'}
          className="md:w-64"
        >
          {PRICE_ENDINGS.map((ending) => (
            <option key={ending} value={ending}>
              {endingWords(ending, format.currency, format.locale)}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="hidden group-has-[[value=category]:checked]:contents">
        <SelectField
          key={`to ${fields.to}`}
          name="to"
          label="To"
          error={isOfCategory ? (error ?? undefined) : undefined}
          defaultValue={fields.to}
          className="md:w-56"
        >
          <option value="">Choose</option>
          {categories.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      {/* In line with the controls, below the height of a label. */}
      <Button className="md:mt-6 md:self-start">Preview</Button>
    </Form>
  )
}
