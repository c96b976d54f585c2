import { useEffect } from 'preact/hooks';
import { needsToken } from '../world/api';
import { Device } from '../phones/Device';
import { docked } from '../phones/dock';
import { Phones } from '../phones/Phones';
import { Messages } from '../messages/Messages';
import { Calls } from '../calls/Calls';
import { Webhooks } from '../webhooks/Webhooks';
import { Queues } from '../queues/Queues';
import { Numbers } from '../numbers/Numbers';
import { Requests } from '../requests/Requests';
import { Timeline } from '../timeline/Timeline';
import { Stories } from '../stories/Stories';
import { Toasts } from '../parts/Toasts';
import { world } from '../world/journal';
import { Help } from './Help';
import { Nav } from './Nav';
import { Nowhere } from './Nowhere';
import { TokenForm } from './TokenForm';
import { TopBar } from './TopBar';
import { Latest } from './Latest';
import { Lost } from './Lost';
import { place } from './route';
import { views } from './views';

const rooms: Record<string, () => preact.JSX.Element | null> = {
  phones: Phones, messages: Messages, calls: Calls, webhooks: Webhooks, queues: Queues, numbers: Numbers, requests: Requests, timeline: Timeline, stories: Stories, latest: Latest,
};

export function App() {
  const view = place.value[0] ?? 'phones';
  const Room = Object.hasOwn(rooms, view) ? rooms[view]! : Nowhere;
  useEffect(() => {
    document.title = `${views.find((v) => v.name === view)?.title ?? 'Live'} · TwilioEmu`;
  }, [view]);
  const hasDock = docked.value !== '' && Room !== Phones;
  if (needsToken.value) return <TokenForm />;
  return (
    <div class={`frame${hasDock ? ' has-dock' : ''}`}>
      <a class="skip" href="#main">Skip to content</a>
      <TopBar />
      <Nav />
      <main id="main" tabIndex={-1}><Room key={world.value} /></main>
      {hasDock && <aside class="dock" aria-label="Pinned phone"><Device key={`${docked.value} ${world.value}`} number={docked.value} /></aside>}
      <Lost />
      <Help />
      <Toasts />
    </div>
  );
}
