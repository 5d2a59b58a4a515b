/** More are a mistake: in mode `all`, each has a queue of its own. */
export const MAX_TARGETS = 100;
