using System.Runtime.CompilerServices;

namespace TwilioEmu.Media.Score;

/// <summary>What a party utters, or hears: an append-only list of cues on a few lanes that sound together.</summary>
/// <remarks>
/// A lane sounds until its source is over or its next cue. One owner writes, on the loop; any thread reads what is published. Memory is
/// that of the cues; a track lives as long as somebody names it.
/// </remarks>
public sealed class Track(TrackId id)
{
    /// <summary>Lanes of a track.</summary>
    public const int LaneCount = 8;

    private readonly Steps<Entry> _entries = new(e => e.Cue.At);

    public TrackId Id { get; } = id;

    /// <summary>Published last: who reads n may read 0..n-1, without a lock.</summary>
    public int Count => _entries.Count;

    public Cue this[int index] => _entries[index].Cue;

    /// <summary>Told on the owner's thread, within <see cref="Put"/>, after each cue, which is the last. Do little: set a timer.</summary>
    public event Action<Track>? Changed;

    /// <summary>Appends a cue.</summary>
    /// <exception cref="ArgumentException">Its instant is before the last cue's: nothing is ever revoked.</exception>
    public void Put(in Cue cue)
    {
        ArgumentNullException.ThrowIfNull(cue.Source, nameof(cue));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cue.Lane, (uint)LaneCount, nameof(cue));
        ArgumentOutOfRangeException.ThrowIfLessThan(cue.From, TimeSpan.Zero, nameof(cue));
        var count = Count;
        var heads = count == 0 ? Heads.None : _entries[count - 1].Heads;
        var former = heads[cue.Lane];
        heads[cue.Lane] = count;
        _entries.Add(new Entry(cue, heads, former));
        Changed?.Invoke(this);
    }

    /// <summary>How many cues are at or before the instant.</summary>
    public int CountAt(DateTimeOffset instant) => _entries.LastAt(instant) + 1;

    /// <summary>The cue that a lane obeys once so many cues are in force; -1 when it has had none.</summary>
    public int HeadOf(int lane, int count) => count == 0 ? -1 : _entries[count - 1].Heads[lane];

    /// <summary>The cue that the same lane obeyed before this one; -1 when it was the first.</summary>
    public int Former(int index) => _entries[index].Former;

    /// <summary>The instant of the first cue after this one; null when there is none yet.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant) => _entries.NextAfter(instant);

    private readonly record struct Entry(Cue Cue, Heads Heads, int Former);

    [InlineArray(LaneCount)]
    private struct Heads
    {
        private int _first;

        public static Heads None
        {
            get
            {
                var none = default(Heads);
                ((Span<int>)none).Fill(-1);
                return none;
            }
        }
    }
}
