import { tell } from '../parts/Toasts';
import { accounts } from '../world/accounts';
import { rest } from '../world/api';
import type { PhoneNumber } from '../world/types';

/** Tells a number which of the app's addresses is asked; false where it was refused. */
export async function saveUrl(number: PhoneNumber, field: 'SmsUrl' | 'VoiceUrl', url: string): Promise<boolean> {
  const account = accounts.value.find((a) => a.sid === number.account);
  if (!account) return false;
  try {
    await rest(account, 'POST', `/2010-04-01/Accounts/${account.sid}/${number.type === 'short-code' ? 'SMS/ShortCodes' : 'IncomingPhoneNumbers'}/${number.sid}.json`, { [field]: url });
    tell('Saved');
    return true;
  } catch (refused) {
    tell((refused as Error).message, 'bad');
    return false;
  }
}
