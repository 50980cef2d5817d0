export const formatCount = (value: number): string => Math.round(value).toLocaleString('en-GB')

export const formatMs = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)
