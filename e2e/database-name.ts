/** The database of a project's server. */
export const e2eDatabase = (project: string) => `brigade_e2e_${project}`
