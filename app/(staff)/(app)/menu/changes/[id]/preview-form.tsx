import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'

/** Opens the menu of a restaurant as its guests would see it, in a tab of its own. */
export function PreviewForm({
  changeSetId,
  restaurants,
}: {
  changeSetId: number
  restaurants: readonly { slug: string; name: string }[]
}) {
  return (
    <form
      action={`/menu/changes/${changeSetId}/preview`}
      target="_blank"
      className="flex flex-wrap items-end gap-3"
      rel="noopener"
    >
      <SelectField label="As guests of" name="restaurant" className="w-full max-w-xs">
        {restaurants.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </SelectField>
      <Button>Show preview</Button>
    </form>
  )
}
