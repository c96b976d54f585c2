using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// Entries of a segment that is full, their particulars written down one after
/// the other: two arrays to the collector, however many they are.
/// </summary>
/// <remarks>
/// What has no form (<see cref="IEntryData.Packing"/>) is kept as it is. The loop makes and
/// drops, any thread reads without a lock: bytes never change, a dropped entry is marked.
/// </remarks>
internal sealed class PackedRun
{
    private const int MostlyGone = 8;

    private readonly Place[] _places;
    private readonly byte[] _bytes;
    private readonly Renderings? _renderings;

    private PackedRun(Place[] places, byte[] bytes, Renderings? renderings) =>
        (_places, _bytes, _renderings, Count) = (places, bytes, renderings, places.Length);

    /// <summary>How many are not dropped. Loop-confined.</summary>
    public int Count { get; private set; }

    /// <summary>True when most were dropped, so that it is worth copying the rest.</summary>
    public bool IsMostlyGone => Count < _places.Length / MostlyGone;

    /// <summary>Packs entries.</summary>
    /// <param name="entries">By seq; null is a gap.</param>
    /// <param name="room">To write into; emptied.</param>
    public static PackedRun Of(Entry?[] entries, PackedWriter room)
    {
        room.Clear();
        Renderings? renderings = null;
        var (places, count) = (new Place[entries.Count(e => e is not null)], 0);
        foreach (var entry in entries)
        {
            if (entry is null) continue;
            renderings = entry.Renderings;
            ref var place = ref places[count++];
            place = new Place { Head = EntryHead.Of(entry), Told = entry.Data, Offset = room.Written.Length };
            if (entry.Data?.Packing is not { } form) continue;
            form.Write(entry.Data, room);
            (place.Told, place.Size) = (form, room.Written.Length - place.Offset);
        }
        return new PackedRun(places, room.Written.ToArray(), renderings);
    }

    /// <summary>The same without those dropped.</summary>
    public PackedRun WithoutGone()
    {
        var kept = _places.Where(p => !p.IsGone).ToArray();
        var (bytes, end) = (new byte[kept.Sum(p => p.Size)], 0);
        for (var i = 0; i < kept.Length; i++)
        {
            _bytes.AsSpan(kept[i].Offset, kept[i].Size).CopyTo(bytes.AsSpan(end));
            kept[i].Offset = end;
            end += kept[i].Size;
        }
        return new PackedRun(kept, bytes, _renderings);
    }

    public Entry? Find(long seq) => PlaceOf(seq) is var place and >= 0 ? At(place) : null;

    public EntryHead? Head(long seq) => PlaceOf(seq) is var place and >= 0 ? _places[place].Head : null;

    /// <summary>True when it was there.</summary>
    public bool Drop(long seq)
    {
        var place = PlaceOf(seq);
        if (place < 0) return false;
        Volatile.Write(ref _places[place].IsGone, true);
        Count--;
        return true;
    }

    /// <summary>The first entry at or after a seq, or null.</summary>
    public Entry? FirstFrom(long seq) => PlaceFrom(seq) is var place and >= 0 ? At(place) : null;

    /// <summary>The seq of the first entry at or after a seq; 0 for none.</summary>
    public long FirstSeqFrom(long seq) => PlaceFrom(seq) is var place and >= 0 ? _places[place].Head.Seq : 0;

    /// <summary>The last entry at or before a seq, or null.</summary>
    public Entry? LastTo(long seq)
    {
        for (var i = FirstPlaceFrom(seq + 1) - 1; i >= 0; i--) if (!Volatile.Read(ref _places[i].IsGone)) return At(i);
        return null;
    }

    /// <summary>What the entry of a form tells.</summary>
    public IEntryData Read(DataForm form, int offset, int size) => form.Read(new PackedReader(_bytes.AsMemory(offset, size)));

    // -1 where there is none (any more).
    private int PlaceOf(long seq)
    {
        var place = FirstPlaceFrom(seq);
        return place < _places.Length && _places[place].Head.Seq == seq && !Volatile.Read(ref _places[place].IsGone) ? place : -1;
    }

    // The first that is there, at or after a seq; -1 for none.
    private int PlaceFrom(long seq)
    {
        for (var i = FirstPlaceFrom(seq); i < _places.Length; i++) if (!Volatile.Read(ref _places[i].IsGone)) return i;
        return -1;
    }

    private int FirstPlaceFrom(long seq)
    {
        // Without gaps the seq tells the place.
        if (_places.Length == 0 || seq <= _places[0].Head.Seq) return 0;
        var guess = seq - _places[0].Head.Seq;
        if (guess < _places.Length && _places[guess].Head.Seq == seq) return (int)guess;
        var (low, high) = (0, _places.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_places[middle].Head.Seq < seq) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private Entry At(int index)
    {
        ref var place = ref _places[index];
        return new Entry(
            place.Head, place.Told is DataForm form ? new PackedData(this, form, place.Offset, place.Size) : place.Told, _renderings);
    }

    private struct Place
    {
        public EntryHead Head;

        /// <summary>The form of what is written down, or what is told as it is.</summary>
        public object? Told;
        public int Offset;
        public int Size;
        public bool IsGone;
    }
}

/// <summary>Where what an entry tells is written down: read when somebody asks.</summary>
internal sealed record PackedData(PackedRun Run, DataForm Form, int Offset, int Size)
{
    public IEntryData Read() => Run.Read(Form, Offset, Size);
}
