/** The page numbers worth a link: the ends and the current one's neighbours; null stands for a gap. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
  const wanted = new Set(
    [1, 2, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages),
  )
  const numbers: (number | null)[] = []
  let previous = 0
  for (const number of [...wanted].sort((a, b) => a - b)) {
    if (number - previous === 2) numbers.push(number - 1)
    else if (number - previous > 2) numbers.push(null)
    numbers.push(number)
    previous = number
  }
  return numbers
}
