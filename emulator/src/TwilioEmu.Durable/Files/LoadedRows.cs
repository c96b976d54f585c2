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

    // Places a row, at most, where slots are made for all of them.
    private const int SlotsAtMost = 8;

    private readonly BlockCodec _codec;
    private readonly Func<Exception, DataFault> _damaged;
    private readonly List<LoadedBlock> _blocks = [];
    private readonly List<SavedRow?> _newer = [];

    // Of each block's rows the first one's number among all.
    private readonly List<int> _begins = [];
    private long[] _arrived;
    private long[] _where;

    /// <param name="codec">Reads blocks.</param>
    /// <param name="newer">What batches say that no block has, by place.</param>
    /// <param name="expected">How many rows blocks have, about.</param>
    /// <param name="damaged">What is thrown of a row that cannot be read.</param>
    public LoadedRows(BlockCodec codec, IReadOnlyDictionary<long, Row> newer, long expected, Func<Exception, DataFault> damaged)
    {
        (_codec, _damaged) = (codec, damaged);
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
        bytes = _codec.Renew(bytes);
        var head = _codec.ReadHead(bytes);
        var ordinal = (long)_blocks.Count << 32;
        _begins.Add(Count);
        _blocks.Add(new LoadedBlock(new PackedBlock(bytes, head.Length), number, head.Table, head.Account, head.Form));
        var scanner = new RowScanner(bytes, head.Length);
        while (!scanner.IsAtEnd)
        {
            if (head.Form is null)
            {
                Add(scanner.Number(), ordinal | Gone);
                continue;
            }
            var (offset, record) = (scanner.At, PackedBlock.ReadHead(bytes, scanner.At));
            scanner.Pass(PackedBlock.HeadSize + record.Count);
            Add(scanner.Number(), ordinal | (uint)offset);
            scanner.MoveTo(offset + PackedBlock.HeadSize + record.Extent);
        }
    }

    /// <summary>All blocks were told: of each record its newest row is kept, those that came first before the others.</summary>
    public LoadedRows End()
    {
        var batches = _newer.Count;
        var (order, known) = InOrder(batches, Count);
        var (places, newest) = (new long[known], new int[known]);
        for (var i = 0; i < known; i++)
        {
            var one = order[i];
            var number = (int)_blocks[(int)(_where[one] >> 32)].Number;
            (places[i], newest[i]) = (_arrived[one], IsThere(_where[one]) ? number : -number);
        }
        Index = new BlockIndex(
            places, newest, known, _blocks.Select((b, i) => (b.Number, (i + 1 < _begins.Count ? _begins[i + 1] : Count) - _begins[i])));
        var (where, rows) = (new long[known + batches], 0);
        var (others, count) = InOrder(0, batches);
        // What batches have goes before what blocks have of the same record.
        for (int i = 0, k = 0; i < known || k < count;)
        {
            var isOther = k < count && (i == known || _arrived[others[k]] <= places[i]);
            var one = isOther ? others[k++] : order[i++];
            if (isOther && i < known && places[i] == _arrived[one]) i++;
            if (IsThere(_where[one])) where[rows++] = _where[one];
        }
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

    /// <summary>Of each record among these rows the one that was told first, by where the records arrived.</summary>
    private (int[] Order, int Count) InOrder(int from, int to)
    {
        if (from == to) return ([], 0);
        var arrived = _arrived.AsSpan(from, to - from);
        var (first, last) = (arrived[0], arrived[0]);
        foreach (var one in arrived) (first, last) = (Math.Min(first, one), Math.Max(last, one));
        // A record is one of a few entries as a rule: each has a slot then, and nothing is sorted.
        return last - first < SlotsAtMost * (long)arrived.Length ? BySlot(arrived, from, first, last) : BySort(arrived, from);
    }

    private static (int[] Order, int Count) BySlot(ReadOnlySpan<long> arrived, int from, long first, long last)
    {
        var slots = new int[last - first + 1];
        for (var i = 0; i < arrived.Length; i++)
        {
            ref var slot = ref slots[arrived[i] - first];
            if (slot == 0) slot = from + i + 1;
        }
        var (order, count) = (new int[arrived.Length], 0);
        foreach (var slot in slots) if (slot != 0) order[count++] = slot - 1;
        return (order, count);
    }

    private static (int[] Order, int Count) BySort(ReadOnlySpan<long> arrived, int from)
    {
        var (keys, order, count) = (arrived.ToArray(), new int[arrived.Length], 0);
        for (var i = 0; i < order.Length; i++) order[i] = from + i;
        Array.Sort(keys, order);
        for (int begin = 0, end; begin < keys.Length; begin = end)
        {
            for (end = begin + 1; end < keys.Length && keys[end] == keys[begin];) end++;
            // The sort leaves rows of one record in any order.
            order.AsSpan(begin, end - begin).Sort();
            order[count++] = order[begin];
        }
        return (order, count);
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
        var offset = (int)(uint)where;
        try
        {
            return BlockCodec.ReadRow(reader, block.Packed.Bytes, offset, block.Table, block.Account, block.Form!)
                .ToSaved(block.Packed, offset);
        }
        catch (InvalidDataException damage)
        {
            throw _damaged(damage);
        }
    }

    private sealed record LoadedBlock(PackedBlock Packed, long Number, string Table, AccountSid Account, RecordForm? Form);
}
