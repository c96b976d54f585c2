import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/phone.css';
import './styles/views.css';

// What was chosen by hand, before anything is seen (app/theme.ts).
const chosen = localStorage.getItem('twilioemu.theme');
if (chosen) document.documentElement.dataset.theme = chosen;

// The frame is painted first; the rest, which is on its way meanwhile, is run after it. A page that nobody sees is never painted.
const painted = new Promise<void>((resolve) => {
  if (document.hidden) resolve();
  else requestAnimationFrame(() => setTimeout(resolve));
});
void painted.then(() => import('./main'));
