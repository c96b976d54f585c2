import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/phone.css';
import './styles/views.css';

// What was chosen by hand, before anything is seen (app/theme.ts).
try {
  const chosen = localStorage.getItem('twilioemu.theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // The browser keeps nothing for this page.
}

// The frame is seen first; the rest is fetched and run after it, since both want the processor. A page that nobody sees is never painted, and a browser that
// does not tell of it is not waited for long.
const patience = 250;
const painted = new Promise<void>((resolve) => {
  if (document.hidden || !PerformanceObserver.supportedEntryTypes?.includes('paint')) resolve();
  else {
    const watch = new PerformanceObserver(() => resolve());
    watch.observe({ type: 'paint', buffered: true });
    setTimeout(resolve, patience);
  }
});
void painted.then(() => import('./main'));
