import type { Webhook } from '../world/types';

export interface Why { code?: number; words: string; hint?: string }

/** Why it failed, in one sentence, and what would help; nothing where all is well. */
export function explain(hook: Webhook): Why | undefined {
  const { answer, request, alerts } = hook;
  if (!answer) return undefined;
  const alert = alerts?.[0];
  const code = alert?.code ?? (answer.error_code || undefined);
  const words = alert?.message ?? answer.error_message ?? undefined;
  const host = hostOf(request.url);
  const from = code ? { code } : {};
  if (answer.status === 403 || answer.status === 401) {
    return {
      ...from, words: words ?? `The app refused the request with ${answer.status}.`,
      hint: `An app that checks signatures refuses when it builds another URL than the one that was signed. Compare it below; if yours has a public name, tell it: --public-names https://your.app=${origin(request.url)}.`,
    };
  }
  if (!answer.status) {
    const words_ = words ?? 'There was no answer.';
    if (/refused/i.test(words_)) return { ...from, words: words_, hint: `Nothing listens at ${host}. Start your app there, or change the number’s URL.` };
    if (/timed? ?out|15/i.test(words_)) return { ...from, words: words_, hint: 'An app has 15 seconds. Answer at once, and do what takes longer afterwards.' };
    return { ...from, words: words_ };
  }
  if (answer.status >= 500) return { ...from, words: words ?? `The app answered ${answer.status}.`, hint: 'Something broke in your app; its log and the answer below say what.' };
  if (answer.status === 404) return { ...from, words: words ?? 'The app answered 404.', hint: `Your app has nothing at ${pathOf(request.url)}.` };
  if (alert || (answer.error_code ?? 0) > 0) {
    const isHtml = answer.content_type?.includes('html');
    return { ...from, words: words ?? 'The answer could not be used.', ...(isHtml ? { hint: 'That is a web page, not TwiML: a login or an error page of a framework, most often.' } : {}) };
  }
  return answer.status >= 400 ? { words: `The app answered ${answer.status}.` } : undefined;
}

const parsed = (url?: string): URL | undefined => (url && URL.canParse(url) ? new URL(url) : undefined);
const hostOf = (url?: string): string => parsed(url)?.host ?? url ?? '';
const pathOf = (url?: string): string => parsed(url)?.pathname ?? url ?? '';
export const origin = (url?: string): string => parsed(url)?.origin ?? url ?? '';
