const FAR = 300

/** A difference in percent with its sign, and than what: "+12 % against usual". A dash where nothing compares. */
export function Difference({ percent, than }: { percent: number | null; than?: string }) {
  if (percent === null) return than ? `no ${than} yet` : <span className="text-muted">–</span>
  // Beyond this the other figure was next to nothing, and how many times so tells nobody anything.
  const figure =
    percent > FAR ? `> +${FAR}` : `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)}`
  return than ? `${figure} % against ${than}` : `${figure} %`
}
