using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel;

/// <summary>One loop, one clock, one journal, one store, one seed. Many worlds live in one process and share nothing.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private bool _isDisposed;

    /// <summary>Makes a world and starts its loop.</summary>
    public World(WorldOptions options)
    {
        Options = options;
        Clock = new WorldClock(options.Clock, options.Start ?? options.Wall.GetUtcNow(), options.Wall);
        Loop = new WorldLoop(Clock);
        Clock.Attach(Loop);
        Journal = new WorldJournal(Loop, Clock, options.MaxJournalEntries, options.MaxAge);
        Store = new WorldStore(Loop, Clock, Journal, options.MaxRecords, options.MaxAge);
        Sids = new SidMint(new Chance(options.Seed, "sids"));
        Ending = _ending.Token;
        Loop.Faulted = fault => Journal.Write(
            AccountSid.None, "fault", fault.GetType().Name, 0, ("message", fault.Message), ("stack", fault.StackTrace));
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

    /// <summary>Cancelled when the world ends; procedures the world owns stop on it.</summary>
    public CancellationToken Ending { get; }

    /// <summary>A stream of chances of its own; ask once per room and keep it.</summary>
    public Chance Chances(string name) => new(Options.Seed, name);

    /// <summary>Ends the world: procedures are cancelled and given their last turns, timers dropped, the thread joined.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await Loop.RunAsync(_ending.Cancel, CancellationToken.None).ConfigureAwait(false);
        // One more turn after those the cancellation queued.
        await Loop.RunAsync(static () => { }, CancellationToken.None).ConfigureAwait(false);
        Clock.Clear();
        Loop.Dispose();
        _ending.Dispose();
    }
}
