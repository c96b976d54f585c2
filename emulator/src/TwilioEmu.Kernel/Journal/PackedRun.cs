using System.Runtime.CompilerServices;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// Entries of a segment that is full, written down one after the other in a block: nothing to the collector, however many they are.
/// </summary>
/// <remarks>
/// What has no form (<see cref="IEntryData.Packing"/>) is kept as it is. The loop makes and drops, any thread reads without a lock: bytes
/// never change while the run lasts, a dropped entry is marked. A run that is released leaves its place to others: who
/// read it meanwhile finds <see cref="IsReleased"/> afterwards, and what was read is void (sequence lock).
/// </remarks>
internal sealed class PackedRun
{
    private readonly RunPacker _packer;
    private readonly RunPlace _place;
    private readonly IEntryData?[]? _asTheyAre;
    private readonly Renderings? _renderings;
    private int _left;
    private volatile bool _isReleased;

    public PackedRun(RunPacker packer, RunPlace place, IEntryData?[]? asTheyAre, Renderings? renderings) =>
        (_packer, _place, _asTheyAre, _renderings, Count, _left) = (packer, place, asTheyAre, renderings, place.Count, place.Size);

    /// <summary>How many are not dropped. Loop-confined.</summary>
    public int Count { get; private set; }

    /// <summary>Where it lies; null for a run of none.</summary>
    public ByteBlock? Block => _place.Block;

    /// <summary>True when nothing that was read since may be believed.</summary>
    public bool IsReleased
    {
        get
        {
            // What was read before is read before.
            Interlocked.MemoryBarrier();
            return _isReleased;
        }
    }

    /// <summary>The same without those dropped; this one is to be released.</summary>
    public PackedRun WithoutGone()
    {
        // One of none takes no room, and is never released.
        if (Count == 0) return new PackedRun(_packer, default, null, _renderings);
        var (rows, bytes) = (new EntryRow[Count], new PackedWriter());
        var asTheyAre = _asTheyAre is null ? null : new IEntryData?[Count];
        var kept = 0;
        for (var i = 0; i < _place.Count; i++)
        {
            ref var row = ref RowAt(i);
            if (row.IsGone) continue;
            rows[kept] = row;
            rows[kept].Offset = bytes.Written.Length;
            bytes.Raw(_place.Block.Bytes.AsSpan(row.Offset, row.SubjectSize + row.Size));
            if (asTheyAre is not null) asTheyAre[kept] = _asTheyAre![i];
            kept++;
        }
        return new PackedRun(_packer, _packer.Place(rows, bytes.Written), asTheyAre, _renderings);
    }

    /// <summary>Leaves its place to others. Loop-confined, once.</summary>
    public void Release()
    {
        _isReleased = true;
        Interlocked.MemoryBarrier();
        _packer.GiveBack(_place.Block, _left);
    }

    public Entry? Find(long seq) => PlaceOf(seq) is var place and >= 0 ? At(place) : null;

    /// <summary>True when it is there. Loop-confined.</summary>
    public bool Has(long seq) => PlaceOf(seq) >= 0;

    /// <summary>What is found of an entry without its particulars; false when there is none. Loop-confined.</summary>
    public bool TryHead(long seq, out EntryHead head)
    {
        var place = PlaceOf(seq);
        head = place < 0 ? default : new EntryHead(this, RowAt(place));
        return place >= 0;
    }

    /// <summary>Drops an entry, whose bytes its block has to spare; with the last one the run is to be released.</summary>
    /// <returns>True when it was there.</returns>
    public bool Drop(long seq, out EntryHead entry)
    {
        entry = default;
        var place = PlaceOf(seq);
        if (place < 0) return false;
        ref var row = ref RowAt(place);
        entry = new EntryHead(this, row);
        Volatile.Write(ref row.IsGone, true);
        // After the mark: who reads what it told looks at the mark afterwards.
        if (_asTheyAre is not null) Volatile.Write(ref _asTheyAre[place], null);
        if (--Count == 0) return true;
        var size = Unsafe.SizeOf<EntryRow>() + row.SubjectSize + row.Size;
        _left -= size;
        _packer.GiveBack(_place.Block, size);
        return true;
    }

    /// <summary>The first entry at or after a seq, or null.</summary>
    public Entry? FirstFrom(long seq) => PlaceFrom(seq) is var place and >= 0 ? At(place) : null;

    /// <summary>The seq of the first entry at or after a seq; 0 for none.</summary>
    public long FirstSeqFrom(long seq) => PlaceFrom(seq) is var place and >= 0 ? RowAt(place).Seq : 0;

    /// <summary>The last entry at or before a seq, or null.</summary>
    public Entry? LastTo(long seq)
    {
        for (var i = FirstPlaceFrom(seq + 1) - 1; i >= 0; i--) if (!Volatile.Read(ref RowAt(i).IsGone)) return At(i);
        return null;
    }

    /// <summary>A row's subject. Loop-confined.</summary>
    public string SubjectOf(in EntryRow row) => TextOf(_place.Block.Bytes.AsMemory(row.Offset, row.SubjectSize));

    /// <summary>A row's kind.</summary>
    public string KindOf(in EntryRow row) => _packer.Kinds[row.Kind];

    /// <summary>A row's account.</summary>
    public AccountSid AccountOf(in EntryRow row) =>
        _packer.Accounts[row.Account] is { Length: > 0 } sid ? new AccountSid(sid) : AccountSid.None;

    private static string TextOf(ReadOnlyMemory<byte> packed) => new PackedReader(packed).Text("", null);

    private ref EntryRow RowAt(int index) =>
        ref Unsafe.As<byte, EntryRow>(ref _place.Block.Bytes[_place.Start + (index * Unsafe.SizeOf<EntryRow>())]);

    // -1 where there is none (any more).
    private int PlaceOf(long seq)
    {
        var place = FirstPlaceFrom(seq);
        return place < _place.Count && RowAt(place).Seq == seq && !Volatile.Read(ref RowAt(place).IsGone) ? place : -1;
    }

    // The first that is there, at or after a seq; -1 for none.
    private int PlaceFrom(long seq)
    {
        for (var i = FirstPlaceFrom(seq); i < _place.Count; i++) if (!Volatile.Read(ref RowAt(i).IsGone)) return i;
        return -1;
    }

    private int FirstPlaceFrom(long seq)
    {
        if (_place.Count == 0) return 0;
        // Without gaps the seq tells the place. Read once: whoever takes the place of a released run may write here meanwhile.
        var first = RowAt(0).Seq;
        if (seq <= first) return 0;
        var guess = seq - first;
        if (guess < _place.Count && RowAt((int)guess).Seq == seq) return (int)guess;
        var (low, high) = (0, _place.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (RowAt(middle).Seq < seq) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The entry made anew; null where it is gone, or the run is. What is decoded is known to be whole.</summary>
    private Entry? At(int index)
    {
        var row = RowAt(index);
        var bytes = _place.Block.Bytes;
        var size = (long)row.SubjectSize + row.Size;
        if (row.SubjectSize < 0 || row.Size < 0 || row.Offset < 0 || row.Offset + size > bytes.Length) return null;
        var copy = bytes.AsSpan(row.Offset, (int)size).ToArray();
        var asItIs = row.Form == 0 && _asTheyAre is not null ? Volatile.Read(ref _asTheyAre[index]) : null;
        if (IsReleased || Volatile.Read(ref RowAt(index).IsGone)) return null;
        var told = row.Form == 0 ? (object?)asItIs : new PackedData(copy.AsMemory(row.SubjectSize), _packer.Forms[row.Form]);
        return new Entry(
            row, AccountOf(row), KindOf(row), TextOf(copy.AsMemory(0, row.SubjectSize)), told, _renderings);
    }
}

/// <summary>What an entry tells, written down: read when somebody asks.</summary>
internal sealed record PackedData(ReadOnlyMemory<byte> Bytes, DataForm Form)
{
    public IEntryData Read() => Form.Read(new PackedReader(Bytes));
}
