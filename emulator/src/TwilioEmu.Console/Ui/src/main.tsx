import { render } from 'preact';
import { App } from './app/App';
import { begin } from './app/begin';

const app = document.getElementById('app')!;
await begin();
// The frame that came with the page gives way to itself, alive.
app.replaceChildren();
render(<App />, app);
