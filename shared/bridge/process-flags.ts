/**
 * How a process of ours is started: it may ask for a collection of its heap, and its young generation stays small. V8 alone lets that have
 * 64 MB where pages of a thousand records come and go (SYNC 5.5); with 8 MB what a batch of an import needs outgrows it, and a quarter
 * of the time goes into moving it.
 */
export const PROCESS_FLAGS: readonly string[] = ['--expose-gc', '--max-semi-space-size=16'];
