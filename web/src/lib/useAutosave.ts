import { useCallback, useEffect, useRef, useState } from 'react';
import { Autosave, type AutosaveOptions, type SaveState } from './autosave';

/** Autosave for a form: `change` at every key, `flush` on blur. `save` may change from render to render. */
export function useAutosave<T>(options: Omit<AutosaveOptions<T>, 'tell'>) {
  const [state, tell] = useState<SaveState>({ kind: 'clean' });
  const save = useRef(options.save);
  useEffect(() => {
    save.current = options.save;
  });
  const { tenant, person } = options.owner;
  const { subject, base } = options;
  const remote = Boolean(options.save);
  const saver = useRef<Autosave<T> | undefined>(undefined);
  useEffect(() => {
    const made = new Autosave<T>({
      owner: { tenant, person },
      subject,
      base,
      save: remote ? (value, from) => save.current!(value, from) : undefined,
      tell,
    });
    saver.current = made;
    return () => {
      void made.flush();
      made.stop();
    };
    // The base moves with every save; only another subject starts afresh.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [tenant, person, subject, remote]);
  const change = useCallback((value: T) => saver.current?.change(value), []);
  const flush = useCallback(async () => saver.current?.flush(), []);
  const rebase = useCallback((version: number) => saver.current?.rebase(version), []);
  const settle = useCallback(async () => saver.current?.settle(), []);
  return { state, change, flush, rebase, settle };
}
