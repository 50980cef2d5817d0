import { DIFFICULTIES, type Difficulty } from '@/domain/recipe'

/** One to three marks, and the word for who does not see them. */
export function DifficultyMarks({ difficulty }: { difficulty: Difficulty }) {
  const level = DIFFICULTIES.indexOf(difficulty) + 1
  return (
    <span title={difficulty} className="inline-flex align-middle">
      <svg viewBox="0 0 32 8" className="h-2 w-8" aria-hidden="true">
        {DIFFICULTIES.map((name, index) => (
          <circle
            key={name}
            cx={4 + index * 12}
            cy="4"
            r="3.25"
            className={index < level ? 'fill-ink' : 'fill-transparent stroke-edge'}
          />
        ))}
      </svg>
      <span className="sr-only">{difficulty}</span>
    </span>
  )
}
