using System.Collections.Immutable;
using System.Threading.Channels;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Journal;

/// <summary>All that happened in a world, in order: append-only, bounded, the only news there is.</summary>
/// <remarks>
/// Loop-confined but for the channels handed out by <see cref="Stream"/>. Bounded by count and age: the oldest sixteenth goes
/// when the journal is full, or when the oldest entry is a sixteenth over age, and a <c>journal.trimmed</c> entry says so.
/// </remarks>
public sealed class WorldJournal
{
    private const int TrimShare = 16;
    private const int MinCapacity = 16;
    private const int StreamCapacity = 10_000;

    private readonly WorldLoop _loop;
    private readonly WorldClock _clock;
    private readonly EntryRing _ring = new();
    private readonly int _capacity;
    private readonly AgeLimit _age;
    private readonly Dictionary<string, long> _errands = new(StringComparer.Ordinal);
    private ImmutableArray<Subscription> _readers = [];
    private long _lastTold;
    private bool _isTelling;

    internal WorldJournal(WorldLoop loop, WorldClock clock, int capacity, TimeSpan maxAge)
    {
        _loop = loop;
        _clock = clock;
        _capacity = Math.Max(MinCapacity, capacity);
        _age = new AgeLimit(maxAge);
    }

    /// <summary>Seq of the oldest entry still kept.</summary>
    public long FirstSeq => _ring.FirstSeq;

    /// <summary>Seq of the newest entry, 0 before the first.</summary>
    public long LastSeq => _ring.NextSeq - 1;

    /// <summary>Appends an entry and tells the readers, in this turn.</summary>
    /// <remarks>
    /// What a reader writes while it is being told comes after: every reader sees every entry, in the order of seq. A reader that
    /// throws does not disturb the writer; the fault is journalled.
    /// </remarks>
    /// <returns>The entry, whose <see cref="Entry.Seq"/> is the cause of what follows from it.</returns>
    /// <exception cref="OffLoopException">The caller is not on the loop.</exception>
    public Entry Write(AccountSid account, string kind, string subject, long cause, IEntryData? data) =>
        Write(_clock.GetUtcNow(), account, kind, subject, cause, data);

    /// <summary>Appends an entry of plain facts.</summary>
    public Entry Write(AccountSid account, string kind, string subject, long cause, params (string Name, object? Value)[] facts) =>
        Write(account, kind, subject, cause, facts.Length == 0 ? null : new Facts(facts));

    /// <summary>The entries after a seq, oldest first.</summary>
    public IEnumerable<Entry> After(long seq)
    {
        _loop.Assert();
        return _ring.After(seq);
    }

    /// <summary>The entries up to the newest, newest first.</summary>
    public IEnumerable<Entry> NewestFirst()
    {
        _loop.Assert();
        return _ring.NewestFirst();
    }

    /// <summary>One entry, or null when it was trimmed or is yet to come.</summary>
    public Entry? Find(long seq)
    {
        _loop.Assert();
        return _ring.Find(seq);
    }

    /// <summary>Says what goes round when a cause is the last of a line of causes too long to be meant; null when it is not.</summary>
    public string? LoopAt(long cause)
    {
        _loop.Assert();
        return Lineage.Loop(_ring.Find(cause), _ring.Find);
    }

    /// <summary>Remembers a request that goes out with a token of its own: should it come in again, what it does follows from its cause.</summary>
    public void Remember(string token, long cause) => _errands[token] = cause;

    /// <summary>The request with the token has come back.</summary>
    public void Forget(string token) => _errands.Remove(token);

    /// <summary>The cause of a request that comes in, when it is one of those that went out; else 0. Loop-confined.</summary>
    public long CauseOf(string? token) => token is not null && _errands.TryGetValue(token, out var cause) ? cause : 0;

    /// <summary>Calls the reader in the turn of every entry to come, until the returned object is disposed (on the loop).</summary>
    public IDisposable Subscribe(Action<Entry> reader)
    {
        _loop.Assert();
        return Add(new Subscription(this, reader, LastSeq, channel: null));
    }

    /// <summary>A channel of the entries after a seq and of all to come, for readers off the loop. Dispose it on the loop.</summary>
    /// <remarks>
    /// A reader more than 10,000 entries behind loses the oldest: <see cref="Entry.Seq"/> shows the gap. The channel completes when
    /// it is disposed or the world ends.
    /// </remarks>
    public IDisposable Stream(long after, out ChannelReader<Entry> reader)
    {
        _loop.Assert();
        var channel = Channel.CreateBounded<Entry>(new BoundedChannelOptions(StreamCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        foreach (var entry in After(after)) channel.Writer.TryWrite(entry);
        reader = channel.Reader;
        return Add(new Subscription(this, entry => channel.Writer.TryWrite(entry), LastSeq, channel.Writer));
    }

    /// <summary>Waits until a number of entries satisfy a test, letting virtual time run meanwhile.</summary>
    /// <param name="matches">Asked of every entry, past ones first.</param>
    /// <param name="count">How many must match.</param>
    /// <param name="after">Entries up to this seq do not count.</param>
    /// <param name="within">How long, in world time, to wait; what happens at the last instant counts. Zero looks at the past only.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The matching entries: <paramref name="count"/> of them, or fewer when the time ran out.</returns>
    public async Task<IReadOnlyList<Entry>> ExpectAsync(
        Func<Entry, bool> matches, int count, long after, TimeSpan within, CancellationToken cancellation)
    {
        var found = After(after).Where(matches).Take(count).ToList();
        if (found.Count >= count || within <= TimeSpan.Zero) return found;
        var wait = new Expectation(_loop, _clock, matches, count, found);
        using var subscription = Subscribe(wait.Look);
        await wait.UntilAsync(within, cancellation);
        return found;
    }

    /// <summary>Appends an entry of a given instant: the one at which the store changed.</summary>
    internal Entry Write(DateTimeOffset at, AccountSid account, string kind, string subject, long cause, IEntryData? data)
    {
        _loop.Assert();
        var (generation, depth) = Lineage.After(cause > 0 ? _ring.Find(cause) : null, at, data);
        var entry = new Entry(_ring.NextSeq, at, account, kind, subject, cause, data) { Generation = generation, Depth = depth };
        _ring.Append(entry);
        if (!_isTelling) Tell();
        return entry;
    }

    /// <summary>The world ends: readers of streams see the end of them.</summary>
    internal void CompleteStreams()
    {
        foreach (var reader in _readers) reader.Complete();
    }

    internal void Remove(Subscription subscription)
    {
        _loop.Assert();
        _readers = _readers.Remove(subscription);
    }

    private Subscription Add(Subscription subscription)
    {
        _readers = _readers.Add(subscription);
        return subscription;
    }

    private void Tell()
    {
        _isTelling = true;
        // The newest seq moves on while readers write.
        while (_lastTold < LastSeq)
        {
            var entry = _ring.Find(++_lastTold)!;
            foreach (var reader in _readers) Tell(reader, entry);
            if (_lastTold == LastSeq) Trim();
        }
        _isTelling = false;
    }

    private void Tell(Subscription reader, Entry entry)
    {
        try
        {
            reader.Tell(entry);
        }
        catch (Exception fault)
        {
            // One that cannot bear the news of its own fault would be told of that fault for ever.
            if (entry.Kind == "fault") reader.Dispose();
            _loop.Faulted?.Invoke(fault);
        }
    }

    private void Trim()
    {
        var now = _clock.GetUtcNow();
        var isFull = _ring.Count > _capacity;
        if (!isFull && !_age.IsWellOver(now, _ring.Find(FirstSeq)!.At)) return;
        // Two at least: the entry that says so takes one place.
        var keepFrom = isFull ? _ring.NextSeq - _capacity + Math.Max(2, _capacity / TrimShare) : FirstSeq;
        var trimmed = 0;
        while (_ring.Count > 1 && (FirstSeq < keepFrom || _age.IsOver(now, _ring.Find(FirstSeq)!.At)))
        {
            _ring.DropFirst();
            trimmed++;
        }
        if (trimmed > 0) Write(AccountSid.None, "journal.trimmed", "journal", 0, ("count", trimmed), ("first_seq", FirstSeq));
    }
}
