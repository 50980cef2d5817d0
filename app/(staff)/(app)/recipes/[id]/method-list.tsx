/** How it is cooked, step by step; the browser counts the steps. */
export function MethodList({ steps }: { steps: string[] }) {
  return (
    <section
      aria-labelledby="method"
      className="lg:col-start-1 min-[90rem]:col-start-2 min-[90rem]:row-start-1"
    >
      <h2 id="method" className="flex items-center pb-2 text-lg font-semibold lg:min-h-11">
        Method
      </h2>
      {steps.length === 0 ? (
        <p className="text-muted">Nobody has written down yet how it is cooked.</p>
      ) : (
        <ol className="max-w-prose list-decimal pl-6 marker:font-semibold marker:text-muted marker:tabular-nums">
          {steps.map((step, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
            <li key={place} className="py-1.5 pl-1 wrap-anywhere">
              {step}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
