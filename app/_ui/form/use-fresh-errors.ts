'use client'

import { useState } from 'react'
import { isPartOf } from '@/domain/form-values'
import type { Keyed } from './use-rows'

/**
 * The errors of rows that may have moved since they were told: each stays with its row, and one that was taken away
 * takes its errors with it. Errors are named by the row's place at that time.
 */
export function useFreshErrors<Row>(
  form: { errors: Readonly<Record<string, string>> },
  field: string,
  rows: readonly Keyed<Row>[],
): (key: number, part?: string) => string | undefined {
  const told = Object.entries(form.errors).filter(([name]) => isPartOf(name, field))
  const said = JSON.stringify(told)
  const [of, setOf] = useState({ said, keys: rows.map(({ key }) => key) })
  // While rendering, so that no error is ever seen beside another row.
  if (of.said !== said) setOf({ said, keys: rows.map(({ key }) => key) })
  const keys = of.said === said ? of.keys : rows.map(({ key }) => key)
  return (key, part) => {
    const place = keys.indexOf(key)
    return form.errors[part === undefined ? `${field}.${place}` : `${field}.${place}.${part}`]
  }
}
