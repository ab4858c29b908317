import { useEffect, useState } from 'react';

/** The value as it was when it last stayed the same for a while. */
export function useResting<T>(value: T, wait = 1500): T {
  const [resting, setResting] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setResting(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return resting;
}
