import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { Copy } from '../parts/Copy';
import { accounts } from '../world/accounts';
import { seed } from '../world/api';
import { held } from '../world/breakpoint';
import { connection, tick } from '../world/journal';
import { webhooks } from '../world/webhooks';
import { ClockChip, ClockHands } from './ClockChip';
import { Link } from './Link';
import { isHelpOpen } from './keys';
import { theme, turn } from './theme';

const states = { connecting: 'Connecting…', live: 'Live', lost: 'Connection lost, trying again…', resting: 'Resting' };

export function TopBar() {
  tick.value;
  const account = accounts.value[0];
  const alerts = webhooks.alerts.length;
  return (
    <header class="top">
      <Link to="/phones" class="brand"><span class="brand-mark"><Icon path={icons.call} size={16} /></span><span class="brand-name">TwilioEmu</span></Link>
      <ClockChip />
      <ClockHands />
      <div class="top-right">
        {held.value.length > 0 && <Link to={`/webhooks/${held.value[0]}`} class="held-chip"><Icon path={icons.pause} size={14} /><span>{held.value.length === 1 ? 'A webhook is held' : `${held.value.length} webhooks are held`}</span></Link>}
        <span class={`connection ${connection.value}`} role="status"><i aria-hidden="true" /><span>{states[connection.value]}</span></span>
        <Link to="/timeline?q=is:alert" class={`icon-button with-count${alerts ? ' bad' : ''}`}>
          <Icon path={icons.bell} /><span class="count">{alerts > 99 ? '99+' : alerts}</span><span class="unseen"> alerts and warnings</span>
        </Link>
        {account && (
          <details class="menu account-menu">
            <summary title="Account and seed"><span class="unseen">Account </span><b>{initials(account.friendly_name)}</b><span class="account-words"><span>{account.friendly_name}</span>{seed.value !== undefined && <span class="faint">seed {seed.value}</span>}</span></summary>
            <div class="menu-body">
              <h2>{account.friendly_name}</h2>
              <dl>
                <dt>Account SID</dt><dd><code>{account.sid}</code><Copy words={account.sid} what="Account SID" quiet /></dd>
                <dt>Auth token</dt><dd><code>{account.auth_token}</code><Copy words={account.auth_token} what="Auth token" quiet /></dd>
                {seed.value !== undefined && <><dt>Seed</dt><dd><code>{seed.value}</code><Copy words={String(seed.value)} what="Seed" quiet /></dd></>}
                <dt>REST</dt><dd><code>{location.origin}</code><Copy words={location.origin} what="Address" quiet /></dd>
              </dl>
              <Link to="/numbers">{accounts.value.length > 1 ? `All ${accounts.value.length} accounts and their numbers` : 'Accounts and numbers'}</Link>
            </div>
          </details>
        )}
        <button type="button" class="icon-button" aria-label={theme.value === 'dark' ? 'Light theme' : 'Dark theme'} title="Light or dark" onClick={turn}>
          <Icon path={theme.value === 'dark' ? icons.sun : icons.moon} />
        </button>
        <button type="button" class="icon-button help-button" aria-label="Keys" title="Keys (?)" onClick={() => (isHelpOpen.value = true)}><Icon path={icons.help} /></button>
      </div>
    </header>
  );
}

const initials = (name: string): string => name.split(/\s+/).map((w) => w[0] ?? '').join('').slice(0, 2).toUpperCase() || 'A';
