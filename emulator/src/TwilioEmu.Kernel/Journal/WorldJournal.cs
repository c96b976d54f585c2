using System.Threading.Channels;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Journal;

/// <summary>All that happened in a world, in order: append-only, bounded, the only news there is.</summary>
/// <remarks>
/// Loop-confined but for the channels handed out by <see cref="Stream"/>. Bounded by count and age: the oldest sixteenth goes
/// when the journal is full, and a <c>journal.trimmed</c> entry says so.
/// </remarks>
public sealed class WorldJournal
{
    private const int TrimShare = 16;
    private const int StreamCapacity = 10_000;

    private readonly WorldLoop _loop;
    private readonly WorldClock _clock;
    private readonly int _capacity;
    private readonly TimeSpan _maxAge;
    private readonly List<Action<Entry>> _readers = [];
    private Entry?[] _ring = new Entry?[64];
    private long _firstSeq = 1;
    private long _nextSeq = 1;
    private bool _isTrimming;

    internal WorldJournal(WorldLoop loop, WorldClock clock, int capacity, TimeSpan maxAge)
    {
        _loop = loop;
        _clock = clock;
        _capacity = Math.Max(TrimShare, capacity);
        _maxAge = maxAge;
    }

    /// <summary>Seq of the oldest entry still kept.</summary>
    public long FirstSeq => _firstSeq;

    /// <summary>Seq of the newest entry, 0 before the first.</summary>
    public long LastSeq => _nextSeq - 1;

    /// <summary>Appends an entry and tells the readers, in this turn.</summary>
    /// <returns>The entry, whose <see cref="Entry.Seq"/> is the cause of what follows from it.</returns>
    /// <exception cref="OffLoopException">The caller is not on the loop.</exception>
    public Entry Write(AccountSid account, string kind, string subject, long cause, IEntryData? data)
    {
        _loop.Assert();
        var entry = new Entry(_nextSeq, _clock.GetUtcNow(), account, kind, subject, cause, data);
        Append(entry);
        for (var i = 0; i < _readers.Count; i++) _readers[i](entry);
        Trim();
        return entry;
    }

    /// <summary>Appends an entry of plain facts.</summary>
    public Entry Write(AccountSid account, string kind, string subject, long cause, params (string Name, object? Value)[] facts) =>
        Write(account, kind, subject, cause, facts.Length == 0 ? null : new Facts(facts));

    /// <summary>The entries after a seq, oldest first.</summary>
    public IEnumerable<Entry> After(long seq)
    {
        _loop.Assert();
        for (var s = Math.Max(seq + 1, _firstSeq); s < _nextSeq; s++) yield return _ring[s % _ring.Length]!;
    }

    /// <summary>The entries up to the newest, newest first.</summary>
    public IEnumerable<Entry> NewestFirst()
    {
        _loop.Assert();
        for (var s = _nextSeq - 1; s >= _firstSeq; s--) yield return _ring[s % _ring.Length]!;
    }

    /// <summary>One entry, or null when it was trimmed or is yet to come.</summary>
    public Entry? Find(long seq)
    {
        _loop.Assert();
        return seq >= _firstSeq && seq < _nextSeq ? _ring[seq % _ring.Length] : null;
    }

    /// <summary>Calls the reader in the turn of every entry to come, until the returned object is disposed (on the loop).</summary>
    public IDisposable Subscribe(Action<Entry> reader)
    {
        _loop.Assert();
        _readers.Add(reader);
        return new Subscription(this, reader);
    }

    /// <summary>A channel of the entries after a seq and of all to come, for readers off the loop. Dispose it on the loop.</summary>
    /// <remarks>A reader more than 10,000 entries behind loses the oldest: <see cref="Entry.Seq"/> shows the gap.</remarks>
    public IDisposable Stream(long after, out ChannelReader<Entry> reader)
    {
        _loop.Assert();
        var channel = Channel.CreateBounded<Entry>(new BoundedChannelOptions(StreamCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        foreach (var entry in After(after)) channel.Writer.TryWrite(entry);
        reader = channel.Reader;
        var subscription = new Subscription(this, e => channel.Writer.TryWrite(e), channel.Writer);
        _readers.Add(subscription.Reader);
        return subscription;
    }

    /// <summary>Waits until a number of entries satisfy a test, letting virtual time run meanwhile.</summary>
    /// <param name="matches">Asked of every entry, past ones first.</param>
    /// <param name="count">How many must match.</param>
    /// <param name="after">Entries up to this seq do not count.</param>
    /// <param name="within">How long, in world time, to wait; zero looks at the past only.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The matching entries: <paramref name="count"/> of them, or fewer when the time ran out.</returns>
    public async Task<IReadOnlyList<Entry>> ExpectAsync(
        Func<Entry, bool> matches, int count, long after, TimeSpan within, CancellationToken cancellation)
    {
        var found = After(after).Where(matches).Take(count).ToList();
        if (found.Count >= count || within <= TimeSpan.Zero) return found;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Subscribe(entry =>
        {
            if (found.Count >= count || !matches(entry)) return;
            found.Add(entry);
            if (found.Count >= count) done.TrySetResult();
        });
        using var leave = _clock.LetRunUntil(_clock.GetUtcNow() + within);
        try
        {
            await done.Task.WaitAsync(within, _clock, cancellation);
        }
        catch (TimeoutException)
        {
            // The caller sees how many came.
        }
        return found;
    }

    private void Append(Entry entry)
    {
        if (_nextSeq - _firstSeq == _ring.Length) Grow();
        _ring[_nextSeq % _ring.Length] = entry;
        _nextSeq++;
    }

    private void Grow()
    {
        var bigger = new Entry?[_ring.Length * 2];
        for (var s = _firstSeq; s < _nextSeq; s++) bigger[s % bigger.Length] = _ring[s % _ring.Length];
        _ring = bigger;
    }

    private void Trim()
    {
        if (_isTrimming) return;
        var isFull = _nextSeq - _firstSeq > _capacity;
        var oldest = _clock.GetUtcNow() - _maxAge;
        if (!isFull && _ring[_firstSeq % _ring.Length]!.At >= oldest) return;
        var keepFrom = isFull ? _firstSeq + (_capacity / TrimShare) : _firstSeq;
        var trimmed = 0;
        while (_firstSeq < _nextSeq - 1 && (_firstSeq < keepFrom || _ring[_firstSeq % _ring.Length]!.At < oldest))
        {
            _ring[_firstSeq % _ring.Length] = null;
            _firstSeq++;
            trimmed++;
        }
        if (trimmed == 0) return;
        _isTrimming = true;
        Write(AccountSid.None, "journal.trimmed", "journal", 0, ("count", trimmed), ("first_seq", _firstSeq));
        _isTrimming = false;
    }

    private sealed class Subscription(WorldJournal journal, Action<Entry> reader, ChannelWriter<Entry>? channel = null) : IDisposable
    {
        public Action<Entry> Reader { get; } = reader;

        public void Dispose()
        {
            // A copy, because a reader may end its subscription while it is being told.
            journal._loop.Assert();
            journal._readers.Remove(Reader);
            channel?.TryComplete();
        }
    }
}
