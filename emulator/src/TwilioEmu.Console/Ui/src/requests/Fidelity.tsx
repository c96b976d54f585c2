import { useEffect, useState } from 'preact/hooks';
import { Link } from '../app/Link';
import { filter } from '../app/route';
import { Head } from '../parts/Panes';
import { Pill } from '../parts/Pill';
import { Choice, Search } from '../parts/Search';
import { VirtualList } from '../parts/VirtualList';
import { get } from '../world/api';

interface Operation { product: string; operation: string; method: string; path: string; fidelity: string; lacks: string | null; refused?: boolean }

/** How near each operation comes: behaves, stores, shape. */
export function Fidelity() {
  const [all, setAll] = useState<Operation[]>([]);
  useEffect(() => {
    get<{ operations: Operation[] }>('/fidelity').then((found) => setAll(found.operations), () => undefined);
  }, []);
  const words = filter('q').toLowerCase().split(/\s+/).filter(Boolean);
  const which = filter('show');
  const found = all.filter((o) => (!which || o.fidelity === which) && words.every((w) => `${o.product} ${o.operation} ${o.path} ${o.lacks ?? ''}`.toLowerCase().includes(w)));
  return (
    <div class="panes"><div class="pane-list">
      <Head title="Fidelity">
        <Choice name="show" label="Show" options={[['', `All ${all.length || ''}`], ['behaves', 'Behaves'], ['stores', 'Stores'], ['shape', 'Shape']]} />
        <Search label="Product, operation, path" />
        <Link to="/requests" class="button">Requests</Link>
      </Head>
      {all.length === 0 && <p class="hint pad" role="status">Reading what there is…</p>}
      <VirtualList items={found} rowHeight={48} label={`Operations, ${found.length}`} keyOf={(o) => o.product + o.method + o.path} onPick={() => undefined} render={(o) => (
        <>
          <Pill words={o.fidelity} tone={o.fidelity === 'behaves' ? 'good' : 'plain'} />
          <span class="two-lines"><span class="line-top"><span class="method">{o.method}</span><b>{o.operation}</b><span class="faint">{o.product}</span></span><span class="line-under">{o.lacks ? `lacks: ${o.lacks}` : o.path}</span></span>
        </>
      )} />
    </div></div>
  );
}
