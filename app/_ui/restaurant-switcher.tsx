import Form from 'next/form'
import { AutoSubmitSelect } from './auto-submit-select'

/**
 * Chooses a restaurant by name, in the URL: a GET form that works without JavaScript. `action` is the page, `keep` the
 * search params that stay, `all` the word for the whole chain where the page can show that.
 */
export function RestaurantSwitcher({
  restaurants,
  current,
  action,
  all,
  keep = {},
}: {
  restaurants: readonly { slug: string; name: string }[]
  /** The slug; null is the whole chain. */
  current: string | null
  action: string
  all?: string
  keep?: Record<string, string>
}) {
  return (
    <Form action={action} prefetch={false} scroll={false} className="flex items-center gap-2">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <AutoSubmitSelect name="restaurant" label="Restaurant" value={current ?? ''}>
        {all ? <option value="">{all}</option> : null}
        {restaurants.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </AutoSubmitSelect>
    </Form>
  )
}
