import { useEffect } from 'preact/hooks';
import { filter, go, place, within } from '../app/route';
import { AccountChoice, isOfChosen } from '../parts/AccountChoice';
import { Empty, Head, Panes } from '../parts/Panes';
import { Pill } from '../parts/Pill';
import { Choice, Search } from '../parts/Search';
import { VirtualList } from '../parts/VirtualList';
import { Code } from '../parts/Code';
import { nice, timeOfDay } from '../parts/words';
import { accounts } from '../world/accounts';
import { restCurl } from '../world/api';
import { tick } from '../world/journal';
import { messages, numbers } from '../world/records';
import type { Message } from '../world/types';
import { MessageDetail } from './MessageDetail';

const groups: Record<string, string[]> = {
  moving: ['accepted', 'queued', 'scheduled', 'sending', 'sent', 'receiving'],
  failed: ['failed', 'undelivered', 'canceled'],
};

function fits(message: Message, words: string[], which: string): boolean {
  if (which === 'in' && message.direction !== 'inbound') return false;
  if (which === 'out' && message.direction === 'inbound') return false;
  if (groups[which] && !groups[which].includes(message.status)) return false;
  if (words.length === 0) return true;
  const all = `${message.sid} ${message.from} ${message.to} ${message.body} ${message.status} ${message.account} ${message.error_code ?? ''}`.toLowerCase();
  return words.every((w) => all.includes(w));
}

export function Messages() {
  tick.value;
  useEffect(() => void messages.more().catch(() => undefined), []);
  const words = filter('q').toLowerCase().split(/\s+/).filter(Boolean);
  const which = filter('show');
  const found = messages.order.filter((m) => isOfChosen(m.account) && fits(m, words, which)).reverse();
  const open = place.value[1];
  return (
    <Panes back={within('/messages')} detail={open && <MessageDetail key={open} sid={open} />} list={
      <>
        <Head title="Messages">
          <Choice name="show" label="Show" options={[['', 'All'], ['out', 'Sent'], ['in', 'Received'], ['moving', 'Moving'], ['failed', 'Failed']]} />
          <AccountChoice />
          <Search label="Number, text, status, SID" />
        </Head>
        {found.length === 0 ? <NoMessages isFiltered={words.length > 0 || which !== '' || filter('account') !== ''} /> : (
          <VirtualList items={found} rowHeight={56} label={`Messages, ${found.length}`} keyOf={(m) => m.sid} isOpen={(m) => m.sid === open}
            onPick={(m) => go(within(`/messages/${m.sid}`), { replace: open !== undefined })} onEnd={() => messages.hasMore && void messages.more().then((came) => came && tick.value++)}
            render={(m) => <Row message={m} />} />
        )}
      </>
    } />
  );
}

function Row({ message }: { message: Message }) {
  const isIn = message.direction === 'inbound';
  return (
    <>
      <span class={`way ${isIn ? 'in' : 'out'}`} title={isIn ? 'To the app' : 'From the app'} aria-hidden="true">{isIn ? '←' : '→'}</span>
      <span class="two-lines">
        <span class="line-top"><b>{nice(isIn ? message.from : message.to)}</b><span class="faint">{isIn ? 'to' : 'from'} {nice(isIn ? message.to : message.from)}</span></span>
        <span class="line-under" dir="auto">{message.body || (message.media_urls?.length ? 'Picture' : 'No words')}</span>
      </span>
      <span class="row-end"><Pill words={message.status} /><time>{timeOfDay(message.at)}</time></span>
    </>
  );
}

function NoMessages({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title="None like that"><p>Messages of all accounts are looked through by number, text, status and SID.</p></Empty>;
  const account = accounts.value[0];
  const form = { From: numbers.order[0]?.number ?? '+14155550100', To: '+14155550199', Body: 'Hello from my app' };
  return (
    <Empty title="No message yet">
      <p>Send one with your app’s own code, or with this:</p>
      <Code words={restCurl(account, `/2010-04-01/Accounts/${account?.sid ?? '$SID'}/Messages.json`, form)} what="Command" />
      <p>It appears here and on the phone it is sent to, with every step it takes.</p>
    </Empty>
  );
}
