using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Journal;

/// <summary>All that happened in a world, in order: append-only, bounded, the only news there is.</summary>
/// <remarks>
/// The loop writes, any thread reads: what is published stays as it is until it is dropped. Bounded by count, bytes and age: when it
/// is full, room is taken from those who fill it (<see cref="Shares"/>), and <c>journal.trimmed</c> says of whose and up to where.
/// </remarks>
public sealed class WorldJournal
{
    /// <summary>
    /// The header of a request of ours that carries the token it is remembered by (<see cref="Remember"/>), as live webhooks have it.
    /// </summary>
    public const string TokenHeader = "I-Twilio-Idempotency-Token";

    private const int TrimShare = 16;
    private const int SayShare = 64;
    private const int MinCapacity = 16;

    private readonly WorldLoop _loop;
    private readonly WorldClock _clock;
    private readonly EntryLog _log = new();
    private readonly Shares _shares = new();
    private readonly List<long> _trimming = [];
    private readonly ConcurrentDictionary<AccountSid, long> _trimmed = [];
    private readonly Herald _herald;
    private readonly Renderings _renderings = new();
    private readonly int _capacity;
    private readonly long _bytesPerPlace;
    private readonly AgeLimit _age;
    private readonly Action<EntryKind, IEntryData?>? _inspect;
    private readonly Dictionary<string, long> _errands = new(StringComparer.Ordinal);
    private ImmutableArray<Subscription> _readers = [];
    private long _causeSeq;
    private bool _isCauseThere;
    private EntryHead _cause;
    private long _lastTold;
    private long _load;
    private bool _isTelling;

    internal WorldJournal(
        WorldLoop loop, WorldClock clock, int capacity, long maxBytes, TimeSpan maxAge, Action<EntryKind, IEntryData?>? inspect)
    {
        _loop = loop;
        _clock = clock;
        _inspect = inspect;
        _capacity = Math.Max(MinCapacity, capacity);
        _bytesPerPlace = Math.Max(1, maxBytes / _capacity);
        _age = new AgeLimit(maxAge);
        _herald = new Herald(_log, loop.Nudge);
        loop.IsBehind = () => _herald.IsBehind;
    }

    /// <summary>Seq of the oldest entry still kept.</summary>
    public long FirstSeq => _log.FirstSeq;

    /// <summary>Seq of the newest entry, 0 before the first.</summary>
    public long LastSeq => _log.LastSeq;

    /// <summary>How many entries are kept. Loop-confined.</summary>
    public long Count => _log.Count;

    /// <summary>
    /// Where an account's entries begin to be whole: those before are trimmed; 0 where none was. Without an account, of all together.
    /// </summary>
    public long TrimmedBefore(AccountSid? account) =>
        account is { } one ? _trimmed.GetValueOrDefault(one) : _trimmed.IsEmpty ? 0 : _trimmed.Values.Max();

    /// <summary>Appends an entry and tells the readers, in this turn.</summary>
    /// <remarks>
    /// What a reader writes while it is being told comes after: every reader sees every entry, in the order of seq. A reader that
    /// throws does not disturb the writer; the fault is journalled.
    /// </remarks>
    /// <returns>The entry, whose <see cref="Entry.Seq"/> is the cause of what follows from it.</returns>
    /// <exception cref="OffLoopException">The caller is not on the loop.</exception>
    public Entry Write(AccountSid account, EntryKind kind, string subject, long cause, IEntryData? data) =>
        Write(_clock.GetUtcNow(), account, kind, subject, cause, data);

    /// <summary>Appends an entry of plain facts.</summary>
    public Entry Write(AccountSid account, EntryKind kind, string subject, long cause, params (string Name, object? Value)[] facts) =>
        Write(account, kind, subject, cause, facts.Length == 0 ? null : new Facts(facts));

    /// <summary>
    /// Says that something was accepted which does less than it says, or will
    /// surprise: on the console, in the journal, in the answer's header.
    /// </summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="subject">What it is about: a SID, a number, a path.</param>
    /// <param name="cause">Seq of the entry it follows from, or 0.</param>
    /// <param name="warning">One sentence, with the cure.</param>
    /// <param name="parameters">The parameters it is about.</param>
    public Entry Warn(AccountSid account, string subject, long cause, string warning, IEnumerable<string>? parameters = null) =>
        parameters is null
        ? Write(account, WorldEntries.Warning, subject, cause, ("warning", warning))
        : Write(account, WorldEntries.Warning, subject, cause, ("warning", warning), ("parameters", parameters));

    /// <summary>Says that the emulator itself faltered. Goes on: the fault is ours, and one request's or one timer's.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="path">Of the request it befell; null for what was no request's.</param>
    public Entry TellOfFault(Exception fault, string? path = null)
    {
        Faulted?.Invoke(fault, path);
        return path is null
            ? Write(AccountSid.None, WorldEntries.Fault, fault.GetType().Name, 0, ("message", fault.Message), ("stack", fault.StackTrace))
            : Write(
                AccountSid.None, WorldEntries.Fault, path, 0, ("type", fault.GetType().Name), ("message", fault.Message),
                ("stack", fault.StackTrace));
    }

    /// <summary>Learns of faults with all that was thrown: the journal keeps words alone.</summary>
    internal Action<Exception, string?>? Faulted { get; set; }

    /// <summary>The entries after a seq, oldest first. Safe from any thread, as all that reads.</summary>
    public IEnumerable<Entry> After(long seq) => _log.After(seq);

    /// <summary>Those of a selection after a seq, oldest first: found by kind, subject and account, not by looking at all.</summary>
    public IEnumerable<Entry> After(long seq, Selection selection) => _log.After(seq, selection);

    /// <summary>The entries up to the newest, newest first.</summary>
    public IEnumerable<Entry> NewestFirst() => _log.NewestFirst();

    /// <summary>Those of a selection, newest first, from just before a seq.</summary>
    public IEnumerable<Entry> NewestFirst(Selection selection, long before = long.MaxValue) => _log.Before(before, selection);

    /// <summary>One entry, or null when it was trimmed or is yet to come.</summary>
    public Entry? Find(long seq) => _log.Find(seq);

    /// <summary>Completes when there is an entry after a seq: true, or false when the world has ended. For readers off the loop.</summary>
    public Task<bool> NextAsync(long after, CancellationToken cancellation) => _herald.NextAsync(after, cancellation);

    /// <summary>Says what goes round when a cause is the last of a line of causes too long to be meant; null when it is not.</summary>
    public string? LoopAt(long cause)
    {
        _loop.Assert();
        return Lineage.Loop(_log.Head(cause), _log.Head);
    }

    /// <summary>
    /// Remembers a request that goes out with a token of its own: should it come in again, what it does follows from its cause.
    /// </summary>
    public void Remember(string token, long cause) => _errands[token] = cause;

    /// <summary>The request with the token has come back.</summary>
    public void Forget(string token) => _errands.Remove(token);

    /// <summary>The cause of a request that comes in, when it is one of those that went out; else 0. Loop-confined.</summary>
    public long CauseOf(string? token) => token is not null && _errands.TryGetValue(token, out var cause) ? cause : 0;

    /// <summary>Calls the reader in the turn of every entry to come, until the returned object is disposed (on the loop).</summary>
    public IDisposable Subscribe(Action<Entry> reader)
    {
        _loop.Assert();
        return Add(new Subscription(this, reader, LastSeq));
    }

    /// <summary>Waits until a number of entries satisfy a test, letting virtual time run meanwhile.</summary>
    /// <param name="matches">Asked of every entry, past ones first, off the loop: it must look at nothing else that changes.</param>
    /// <param name="count">How many must match.</param>
    /// <param name="after">Entries up to this seq do not count.</param>
    /// <param name="within">How long, in world time, to wait; what happens at the last instant counts. Zero looks at the past only.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The matching entries: <paramref name="count"/> of them, or fewer when the time ran out.</returns>
    public Task<IReadOnlyList<Entry>> ExpectAsync(
        Func<Entry, bool> matches, int count, long after, TimeSpan within, CancellationToken cancellation) =>
        ExpectAsync(Selection.All, matches, count, after, within, cancellation);

    /// <summary>The same among the entries of a selection; the others cost nothing.</summary>
    public async Task<IReadOnlyList<Entry>> ExpectAsync(
        Selection selection, Func<Entry, bool> matches, int count, long after, TimeSpan within, CancellationToken cancellation)
    {
        _loop.Assert();
        if (count <= 0) return [];
        var wait = new Expectation(_loop, _clock, selection, matches, count, after);
        try
        {
            await wait.UntilAsync(_herald, within, cancellation);
            return wait.Found;
        }
        finally
        {
            _herald.Remove(wait);
        }
    }

    /// <summary>Appends an entry of a given instant: the one at which the store changed.</summary>
    internal Entry Write(DateTimeOffset at, AccountSid account, EntryKind kind, string subject, long cause, IEntryData? data)
    {
        _loop.Assert();
        // What follows from one entry often follows at once.
        if (cause != _causeSeq) (_causeSeq, _isCauseThere) = (cause, cause > 0 && _log.TryHead(cause, out _cause));
        var (generation, depth) = _isCauseThere ? Lineage.After(_cause, at, data) : (0, 0);
        _inspect?.Invoke(kind, data);
        var entry = new Entry(_log.LastSeq + 1, at, account, kind.Name, subject, cause, data)
        {
            Generation = generation,
            Depth = depth,
            Load = LoadOf(data, subject),
            Renderings = _renderings,
        };
        Append(entry);
        Taken?.Invoke(entry);
        if (!_isTelling) Tell();
        _herald.Raise();
        return entry;
    }

    /// <summary>Takes every entry down as it is written; null for nobody.</summary>
    internal Action<Entry>? Taken { get; set; }

    /// <summary>Brings back the entries of an earlier process, before the first turn; nobody is told of them.</summary>
    internal void Restore(IReadOnlyList<Entry> entries, long lastSeq)
    {
        _log.BeginAt(entries.Count > 0 ? entries[0].Seq : lastSeq + 1, lastSeq);
        foreach (var entry in entries) Append(entry with { Load = LoadOf(entry.Data, entry.Subject), Renderings = _renderings });
        _lastTold = lastSeq;
    }

    /// <summary>The world ends: those who follow the journal see the end of it.</summary>
    internal void End() => _herald.End();

    internal void Remove(Subscription subscription)
    {
        _loop.Assert();
        _readers = _readers.Remove(subscription);
    }

    private void Append(Entry entry)
    {
        _log.Append(entry);
        _load += entry.Load;
        _shares.Add(_shares.Of(entry), entry.Seq, entry.Load);
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
            var entry = _log.Find(++_lastTold)!;
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
        var isFull = _load > _capacity;
        if (!isFull && !_age.IsWellOver(now, _log.Head(FirstSeq)!.Value.At)) return;
        var gone = new Dictionary<AccountSid, (int Count, long Last)>();
        // Two at least: the entry that says so takes one place.
        var target = isFull ? _capacity - Math.Max(2, _capacity / TrimShare) : _capacity;
        if (isFull)
        {
            _shares.Trim(target, _trimming);
            foreach (var seq in _trimming) Drop(seq, gone);
            _trimming.Clear();
        }
        while (_log.Count > 1 && _log.Head(FirstSeq) is { } oldest && (_load > target || _age.IsOver(now, oldest.At)))
        {
            _shares.DropFirst(_shares.Of(oldest));
            Drop(oldest.Seq, gone);
        }
        foreach (var (account, (_, last)) in gone) _trimmed[account] = last + 1;
        // A line for each account, but where there are so many that their lines would fill the room just made.
        if (gone.Count > Math.Max(1, _capacity / SayShare))
        {
            Say(AccountSid.None, gone.Values.Sum(g => g.Count), gone.Values.Max(g => g.Last));
        }
        else
        {
            foreach (var (account, (count, last)) in gone.OrderBy(g => g.Key.Value, StringComparer.Ordinal)) Say(account, count, last);
        }
    }

    private void Say(AccountSid account, int count, long last) =>
        Write(account, WorldEntries.JournalTrimmed, "journal", 0, ("count", count), ("before", last + 1), ("first_seq", FirstSeq));

    // A long entry takes the room of several, so that bytes are bounded and not only counts.
    private int LoadOf(IEntryData? data, string subject) =>
        (int)Math.Min(int.MaxValue, 1 + (((data?.Weight ?? 0L) + subject.Length) / _bytesPerPlace));

    private void Drop(long seq, Dictionary<AccountSid, (int Count, long Last)> gone)
    {
        if (!_log.Drop(seq, out var entry)) throw new InvalidOperationException($"entry {seq} is to make room, and is not there");
        _load -= entry.Load;
        ref var ofAccount = ref CollectionsMarshal.GetValueRefOrAddDefault(gone, entry.Account, out _);
        ofAccount = (ofAccount.Count + 1, Math.Max(ofAccount.Last, seq));
    }
}
