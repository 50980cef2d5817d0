import Search from 'lucide-react/icons/search'
import { Button } from '@/app/_ui/button'
import { type RecipeSearch, recipeSearchParams } from '@/domain/recipe-search'

/** The words, and hidden beside them what the form's other fields do not hold: ingredients and order. */
export function SearchField({ search }: { search: RecipeSearch }) {
  const params = recipeSearchParams(search)
  return (
    <search className="flex gap-2">
      <div className="relative grow">
        <Search
          size={16}
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-3 my-auto text-muted"
        />
        <input
          type="search"
          name="q"
          aria-label="Search recipes"
          placeholder="Title, ingredient or chef"
          defaultValue={search.words}
          maxLength={200}
          enterKeyHint="search"
          autoComplete="off"
          className="min-h-11 w-full rounded-md border border-edge bg-surface pr-3 pl-9 text-base placeholder:text-muted"
        />
      </div>
      {['with', 'without', 'sort'].map((name) => {
        const value = params.get(name)
        return value ? <input key={name} type="hidden" name={name} value={value} /> : null
      })}
      <Button variant="primary" className="md:min-h-11">
        Search
      </Button>
    </search>
  )
}
