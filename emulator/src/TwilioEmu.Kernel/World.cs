using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Logging;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel;

/// <summary>One loop, one clock, one journal, one store, one seed. Many worlds live in one process and share nothing.</summary>
public sealed partial class World : IAsyncDisposable
{
    /// <summary>A turn that takes longer than this keeps everybody waiting.</summary>
    private static readonly TimeSpan LongTurn = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _ending = new();
    private readonly ILogger _log;
    private Task? _end;

    /// <summary>Makes a world and starts its loop.</summary>
    public World(WorldOptions options)
    {
        Options = options;
        _log = options.Logs.CreateLogger<World>();
        var saved = options.Keeper?.Saved;
        Clock = new WorldClock(options.Clock, StartOf(options, saved), options.Wall, options.Patience);
        Loop = new WorldLoop(Clock);
        Clock.Attach(Loop);
        Journal = new WorldJournal(Loop, Clock, options.MaxJournalEntries, options.MaxJournalBytes, options.MaxAge, options.Inspect);
        Store = new WorldStore(Loop, Clock, Journal, options);
        Parts = new KeptParts(options.Keeper, () => Journal.LastSeq);
        Appointments = new Appointments(this);
        if (saved is not null) Restore(saved);
        Journal.Taken = options.Keeper is { } keeper ? keeper.Add : null;
        Sids = new SidMint(KeptChances("sids"), Loop);
        Ending = _ending.Token;
        Journal.Faulted = (fault, path) => Log.Faulted(_log, fault, path ?? "a turn of the loop");
        Loop.Faulted = fault => Journal.TellOfFault(fault);
        // Measured only for who wants to know: reading the wall costs a tenth of a short turn.
        Loop.Watch = new(
            options.Wall, _log.IsEnabled(LogLevel.Debug) ? LongTurn : null, took => Log.SlowTurn(_log, took.TotalMilliseconds),
            count => Log.Abandoned(_log, count));
        Clock.Told = (news, why) => Loop.Post(() => Journal.Write(AccountSid.None, KindOf(news), "clock", 0, ("why", why)));
        options.Keeper?.Begin(this);
        Log.Opened(_log, options.Clock, options.Seed, Clock.GetUtcNow());
        Loop.StartThread();
    }

    /// <summary>What it was asked to be.</summary>
    public WorldOptions Options { get; }

    /// <summary>Where all state changes happen.</summary>
    public WorldLoop Loop { get; }

    /// <summary>The time.</summary>
    public WorldClock Clock { get; }

    /// <summary>What happened.</summary>
    public WorldJournal Journal { get; }

    /// <summary>What is.</summary>
    public WorldStore Store { get; }

    /// <summary>Where SIDs come from.</summary>
    public SidMint Sids { get; }

    /// <summary>What rooms keep beside records.</summary>
    public KeptParts Parts { get; }

    /// <summary>What is to be done at an instant, whatever process lives then.</summary>
    public Appointments Appointments { get; }

    /// <summary>Who keeps it beyond the process; null for nobody.</summary>
    public IKeeper? Keeper => Options.Keeper;

    /// <summary>True when it goes on from where an earlier process left it.</summary>
    public bool IsResumed => Options.Keeper?.Saved is not null;

    /// <summary>Cancelled when the world ends; procedures the world owns stop on it.</summary>
    public CancellationToken Ending { get; }

    /// <summary>A stream of chances of its own, from its beginning: for what is drawn the same whenever it is asked for.</summary>
    public Chance Chances(string name) => new(Options.Seed, name);

    /// <summary>A stream of chances that goes on over a restart; ask once per room and keep it.</summary>
    public Chance KeptChances(string name)
    {
        var part = "chance/" + name;
        var chance = new Chance(Options.Seed, name);
        if (Parts.Take(part) is { } saved)
        {
            chance.State = (
                (ulong)saved.Long("s0", null), (ulong)saved.Long("s1", null), (ulong)saved.Long("s2", null), (ulong)saved.Long("s3", null));
        }
        if (!Parts.IsKept) return chance;
        // One for all draws: there are several in each request.
        Action<PackedWriter> write = to => Write(chance, to);
        chance.Drawn = () => Parts.Put(part, write);
        return chance;
    }

    private static void Write(Chance chance, PackedWriter to)
    {
        var (s0, s1, s2, s3) = chance.State;
        to.Long("s0", (long)s0);
        to.Long("s1", (long)s1);
        to.Long("s2", (long)s2);
        to.Long("s3", (long)s3);
    }

    /// <summary>Tells a reader that keeps an index of records of those an earlier process left, and of all to come.</summary>
    /// <param name="concerns">Whether a table is of interest.</param>
    /// <param name="reader">Told of records as of puts. Entries of old ones
    /// have the seq of the record's first, and neither kind nor cause.</param>
    public void Project(Func<string, bool> concerns, Action<Entry> reader)
    {
        ProjectSaved(concerns, reader);
        Journal.Subscribe(entry =>
        {
            if (entry.Data is RecordChange change && concerns(change.Table)) reader(entry);
        });
    }

    /// <summary>The same of those alone that an earlier process left: for whoever makes all others itself.</summary>
    public void ProjectSaved(Func<string, bool> concerns, Action<Entry> reader)
    {
        if (Options.Keeper?.Saved is { } saved)
        {
            foreach (var row in saved.RowsOf(concerns))
            {
                var change = new RecordChange(row.Table, row.Record, IsRemoval: false) { Place = row.Place };
                reader(new Entry(row.Place.Arrived, row.Record.Since ?? saved.At, row.Account, "", row.Record.Key, 0, change));
            }
        }
    }

    // Journal and store know nothing of each other yet: a start waits for the longer one of the two alone.
    private void Restore(SavedWorld saved)
    {
        try
        {
            Parallel.Invoke(() => Journal.Restore(saved.Entries, saved.LastSeq), () => Store.Restore(saved.Rows));
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    /// <summary>The world as it stands, to be carried elsewhere: a turn of the loop.</summary>
    /// <exception cref="InvalidOperationException">Nobody remembers what rooms
    /// keep beside records: <see cref="KeptParts.IsKept"/>.</exception>
    public SavedWorld Carry() => Parts.IsKept
        ? new SavedWorld(Options.Seed, Clock.GetUtcNow(), Journal.LastSeq, Store.Carry(), [.. Journal.After(0)], Parts.All())
        : throw new InvalidOperationException("nobody remembers what the rooms of this world keep");

    // Time that runs by the wall has gone on meanwhile; virtual time stood still.
    private static DateTimeOffset StartOf(WorldOptions options, SavedWorld? saved)
    {
        var start = options.Start ?? options.Wall.GetUtcNow();
        return saved is null ? start
            : options.Clock is ClockMode.Real && options.Wall.GetUtcNow() is var now && now > saved.At ? now
            : saved.At;
    }

    private static EntryKind KindOf(ClockNews news) => news switch
    {
        ClockNews.Pinned => WorldEntries.ClockPinned,
        ClockNews.Released => WorldEntries.ClockReleased,
        _ => WorldEntries.HoldExpired,
    };

    /// <summary>
    /// Ends the world: procedures are cancelled and given their last turns, work off the loop is waited for, then the thread is
    /// joined and timers are dropped. Procedures that did not end are abandoned: their tasks are cancelled.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _end, end.Task, null) is { } earlier) return new ValueTask(earlier);
        return new ValueTask(EndAsync(end));
    }

    private async Task EndAsync(TaskCompletionSource end)
    {
        // A callback registered on the token that throws must not keep the world alive.
        var cancelled = Loop.RunAsync(_ending.Cancel, CancellationToken.None);
        await cancelled.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Loop.RunAsync(Journal.End, CancellationToken.None).ConfigureAwait(false);
        Loop.Dispose();
        Clock.End();
        _ending.Dispose();
        Log.Ended(_log, Loop.TurnCount, Journal.LastSeq);
        end.SetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.Faulted, LogLevel.Error, "The emulator faltered: {Where}")]
        public static partial void Faulted(ILogger logger, Exception fault, string where);

        [LoggerMessage(LogEvents.WorldOpened, LogLevel.Debug, "A world begins: clock {Clock}, seed {Seed}, at {Start}")]
        public static partial void Opened(ILogger logger, ClockMode clock, long seed, DateTimeOffset start);

        [LoggerMessage(LogEvents.WorldEnded, LogLevel.Debug, "A world ended after {Turns} turns and {Entries} entries")]
        public static partial void Ended(ILogger logger, long turns, long entries);

        [LoggerMessage(LogEvents.Abandoned, LogLevel.Warning, "{Count} procedures did not end with their world, and were abandoned")]
        public static partial void Abandoned(ILogger logger, int count);

        [LoggerMessage(LogEvents.SlowTurn, LogLevel.Debug, "A turn took {Milliseconds:0} ms; nothing else happened meanwhile")]
        public static partial void SlowTurn(ILogger logger, double milliseconds);
    }
}
