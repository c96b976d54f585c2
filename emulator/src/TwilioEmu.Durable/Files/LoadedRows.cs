using System.Collections;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>The records of a file: where each lies is known, and its row is made when it is asked for.</summary>
/// <remarks>
/// A start hands on millions of rows once: as objects they would cost the collector more than reading them. Told of the newest rows first:
/// of two rows of one record
/// the one that was told before holds. Filled, ended, then read; by one thread at a time.
/// </remarks>
internal sealed class LoadedRows : ISavedRows
{
    // Of a row that says its record is gone.
    private const uint Gone = uint.MaxValue;

    private readonly BlockCodec _codec;
    private readonly List<LoadedBlock> _blocks = [];
    private readonly List<SavedRow?> _newer = [];

    // Of each block's rows the first one's number among all.
    private readonly List<int> _begins = [];
    private long[] _arrived;
    private long[] _where;

    /// <param name="codec">Reads blocks.</param>
    /// <param name="newer">What batches say that no block has, by place.</param>
    /// <param name="expected">How many rows blocks have, about.</param>
    public LoadedRows(BlockCodec codec, IReadOnlyDictionary<long, Row> newer, long expected)
    {
        _codec = codec;
        var room = (int)Math.Clamp(expected + newer.Count, 16, Array.MaxLength);
        (_arrived, _where) = (new long[room], new long[room]);
        foreach (var (arrived, row) in newer)
        {
            Add(arrived, ~_newer.Count);
            _newer.Add(row.State.Record is null
                ? null
                : new SavedRow(row.Key.Table, row.Key.Account, row.State.Form!, row.State.Record, row.State.Place));
        }
    }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>Which block has which record; once ended.</summary>
    public BlockIndex Index { get; private set; } = new();

    /// <inheritdoc/>
    public SavedRow this[int index] => RowAt(new PackedReader(default), _where[index]);

    /// <summary>A block; later ones were told before.</summary>
    /// <exception cref="InvalidDataException">The bytes are no block of ours.</exception>
    public void AddOlder(byte[] bytes, long number)
    {
        var head = _codec.ReadHead(bytes);
        var ordinal = (long)_blocks.Count << 32;
        _begins.Add(Count);
        _blocks.Add(new LoadedBlock(bytes, number, head.Table, head.Account, head.Form));
        var scanner = new RowScanner(bytes, head.Length);
        while (!scanner.IsAtEnd)
        {
            var offset = (uint)scanner.At;
            var arrived = scanner.Number();
            Add(arrived, ordinal | (head.Form is null ? Gone : offset));
            if (head.Form is not null) BlockCodec.PassRest(ref scanner);
        }
    }

    /// <summary>All blocks were told: of each record its newest row is kept, those that came first before the others.</summary>
    public LoadedRows End()
    {
        var (order, keys) = InOrder();
        var (where, rows) = (new long[Count], 0);
        var (places, newest, known) = (new long[Count], new int[Count], 0);
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && keys[to] == keys[from];) to++;
            var told = order.AsSpan(from, to - from);
            if (told.Length > 1) told.Sort();
            if (IsThere(_where[told[0]])) where[rows++] = _where[told[0]];
            foreach (var one in told)
            {
                if (_where[one] < 0) continue;
                var number = (int)_blocks[(int)(_where[one] >> 32)].Number;
                (places[known], newest[known++]) = (keys[from], IsThere(_where[one]) ? number : -number);
                break;
            }
        }
        Index = new BlockIndex(
            places, newest, known, _blocks.Select((b, i) => (b.Number, (i + 1 < _begins.Count ? _begins[i + 1] : Count) - _begins[i])));
        (_arrived, _where, Count) = ([], where, rows);
        return this;
    }

    /// <inheritdoc/>
    public IEnumerable<SavedRow> Of(Func<string, bool> concerns)
    {
        var (isMeant, reader) = (_blocks.ConvertAll(b => concerns(b.Table)), new PackedReader(default));
        for (var i = 0; i < Count; i++)
        {
            if (_where[i] < 0 ? concerns(_newer[(int)~_where[i]]!.Table) : isMeant[(int)(_where[i] >> 32)])
            {
                yield return RowAt(reader, _where[i]);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<SavedRow> GetEnumerator()
    {
        var reader = new PackedReader(default);
        for (var i = 0; i < Count; i++) yield return RowAt(reader, _where[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Rows by where their records arrived. What came first lies in the oldest block as a rule, so that little is left to sort.
    /// </summary>
    private (int[] Order, long[] Keys) InOrder()
    {
        var (order, keys, to) = (new int[Count], new long[Count], 0);
        for (var block = _blocks.Count - 1; block >= -1; block--)
        {
            var (from, end) = (block < 0 ? 0 : _begins[block], block + 1 < _blocks.Count ? _begins[block + 1] : Count);
            for (var i = from; i < end; i++) (order[to], keys[to++]) = (i, _arrived[i]);
        }
        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i] >= keys[i - 1]) continue;
            Array.Sort(keys, order);
            break;
        }
        return (order, keys);
    }

    private void Add(long arrived, long where)
    {
        if (Count == _arrived.Length)
        {
            Array.Resize(ref _arrived, 2 * Count);
            Array.Resize(ref _where, 2 * Count);
        }
        (_arrived[Count], _where[Count++]) = (arrived, where);
    }

    private bool IsThere(long where) => where < 0 ? _newer[(int)~where] is not null : (uint)where != Gone;

    private SavedRow RowAt(PackedReader reader, long where)
    {
        if (where < 0) return _newer[(int)~where]!;
        var block = _blocks[(int)(where >> 32)];
        return BlockCodec.ReadRow(reader, block.Bytes, (int)(uint)where, block.Table, block.Account, block.Form!).ToSaved();
    }

    private sealed record LoadedBlock(byte[] Bytes, long Number, string Table, AccountSid Account, RecordForm? Form);
}
