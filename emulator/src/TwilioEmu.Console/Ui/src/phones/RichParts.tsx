import { ask } from '../world/api';
import { tell } from '../parts/Toasts';
import type { RichButton, RichContent, Text } from '../world/types';

/** What a channel shows around the words of a text, and what its owner can do with it. */
export function RichParts({ content, text, number }: { content: RichContent; text: Text; number: string }) {
  async function act(deed: Record<string, unknown>): Promise<void> {
    try {
      await ask('POST', `/handsets/${encodeURIComponent(number)}/messages`, { to: text.from, ...deed });
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  const buttons = (of: readonly RichButton[] | undefined) => of?.map((b) => <Button key={b.title} button={b} onTap={() => void act({ taps: b.title })} />);
  return (
    <>
      {content.title && <p class="rich-title">{content.title}</p>}
      {content.subtitle && <p class="rich-sub">{content.subtitle}</p>}
      {content.cards?.map((card, i) => (
        <div key={i} class="rich-card">
          {card.title && <b>{card.title}</b>}
          {card.body && <p>{card.body}</p>}
          {card.media_url && <span class="rich-sub">{card.media_url}</span>}
          {buttons(card.buttons)}
        </div>
      ))}
      {content.place && <p class="rich-place">⌖ {content.place.label ?? 'A place'} <span class="rich-sub">{content.place.address ?? `${content.place.latitude}, ${content.place.longitude}`}</span></p>}
      {content.footer && <p class="rich-sub">{content.footer}</p>}
      {content.items && content.items.length > 0 && (
        <details class="rich-list">
          <summary>{content.button ?? 'Choose'}</summary>
          {content.items.map((item) => (
            <button key={item.id} type="button" onClick={() => void act({ picks: item.title })}><b>{item.title}</b>{item.description && <span>{item.description}</span>}</button>
          ))}
        </details>
      )}
      {buttons(content.buttons)}
    </>
  );
}

/** A reply is tapped; what leads elsewhere says where, and is not followed: no request leaves the machine. */
function Button({ button, onTap }: { button: RichButton; onTap: () => void }) {
  if (button.type === 'QUICK_REPLY') return <button type="button" class="rich-button" onClick={onTap}>{button.title}</button>;
  return <span class="rich-button leads" title={button.leads}>{button.title}<span>{button.leads ?? button.type}</span></span>;
}
