import { useEffect } from 'preact/hooks';
import { connection, entries, tick } from '../world/journal';
import { go, linkTo } from './route';

/** Leads to what happened last: the link of a failing test. */
export function Latest() {
  tick.value;
  const newest = entries.findLast((e) => linkTo(e.subject));
  useEffect(() => {
    if (connection.value === 'live') go(newest ? linkTo(newest.subject)! : '/timeline', { replace: true });
  }, [connection.value]);
  return null;
}
