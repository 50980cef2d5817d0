/** More than there is, where the restaurant lets nothing go below zero. */
export const outOfStock = ({ ingredients }: { ingredients: readonly { name: string }[] }): string =>
  `There is less ${ingredients.map(({ name }) => name).join(', ')} than that on hand. Count it first, then repeat this.`
