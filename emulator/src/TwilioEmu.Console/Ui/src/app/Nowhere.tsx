import { Empty } from '../parts/Panes';
import { Link } from './Link';
import { place } from './route';
import { views } from './views';

/** An address that leads to no view, such as one typed by hand. */
export function Nowhere() {
  return (
    <Empty title={`There is no view “${place.value[0] ?? ''}”`}>
      <p>There {views.map(({ name, title }, i) => <span key={name}>{i === 0 ? 'are ' : i === views.length - 1 ? ' and ' : ', '}<Link to={`/${name}`}>{title}</Link></span>)}.</p>
    </Empty>
  );
}
