import Database from 'better-sqlite3';

type Statement = Readonly<Record<string | symbol, unknown>>;
type Prototype = {
  prepare: (source: string) => Statement;
  pragma: (source: string, options?: object) => unknown;
};

/**
 * Makes a start cheap: statements are prepared when they are first used (an engine has more than a hundred, and a history starts several
 * engines), and a file is locked once for each life instead of for each statement. Nothing is left to the disk's cache here: files are in
 * memory, a program ends only by closing its handles. Only the simulation does this; what is executed stays the same.
 */
export function prepareLazily(): void {
  const prototype = Database.prototype as unknown as Prototype;
  const { prepare, pragma } = prototype;
  if (prepare.name === 'prepareLater') return;
  prototype.prepare = function prepareLater(this: unknown, source: string): Statement {
    let real: Statement | null = null;
    const use = (): Statement => (real ??= prepare.call(this as Prototype, source));
    const call =
      (name: string) =>
      (...values: unknown[]): unknown =>
        (use()[name] as (...given: unknown[]) => unknown)(...values);
    return { run: call('run'), get: call('get'), all: call('all'), iterate: call('iterate'), pluck: call('pluck') };
  };
  prototype.pragma = function pragmaOfSimulation(this: Prototype, source: string, options?: object): unknown {
    if (source === 'journal_mode = WAL') pragma.call(this, 'locking_mode = EXCLUSIVE');
    return pragma.call(this, source === 'synchronous = FULL' ? 'synchronous = OFF' : source, options);
  };
}
