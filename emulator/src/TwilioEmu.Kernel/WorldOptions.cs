using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel;

/// <summary>What a world is asked to be.</summary>
public sealed record WorldOptions
{
    /// <summary>The instant at which virtual worlds of stories begin, so that the same story gives the same journal.</summary>
    public static DateTimeOffset StoryStart { get; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Source of SIDs and chances.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Options of <c>serve</c>, for whoever does what one asks for.</summary>
    public ServeOptions Asked { get; init; } = ServeOptions.None;

    /// <summary>How time passes at the start.</summary>
    public ClockMode Clock { get; init; } = new ClockMode.Real();

    /// <summary>The first instant; null for the wall's present one.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Where wall time is read; tests put their own.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>How long virtual time waits for what may come from outside.</summary>
    public Patience Patience { get; init; } = Patience.None;

    /// <summary>Entries kept.</summary>
    public int MaxJournalEntries { get; init; } = 100_000;

    /// <summary>About how many bytes the journal's entries may hold; long ones take the room of several.</summary>
    public long MaxJournalBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Settled records kept per table and account.</summary>
    public int MaxRecords { get; init; } = 2_000_000;

    /// <summary>About how many bytes records may take that are not settled; beyond, the API takes nothing new (503/20503).</summary>
    public long MaxLiveBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>About how many bytes all phones may remember of texts, sounds and codes; beyond, the oldest is forgotten.</summary>
    public long MaxPhoneBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many bytes of pictures and files of messages are kept; beyond, the oldest go.</summary>
    public long MaxMediaBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// About how many bytes of sound are kept so that it need not be made again: decoded files, spoken words, files of recordings.
    /// </summary>
    public long MaxSoundBytes { get; init; } = 384L * 1024 * 1024;

    /// <summary>How long entries and settled records are kept, in world time. Twilio keeps message records 400 days (inferred).</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Keeps the world beyond its process; null for a world that ends with it.</summary>
    public IKeeper? Keeper { get; init; }

    /// <summary>The log for us: faults with what was thrown, what is slow, what was given up. Nobody's unless told.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Sees the kind and data of every entry before it is written, in the
    /// writer's turn: for tests that hold entries against what is declared.
    /// </summary>
    public Action<EntryKind, IEntryData?>? Inspect { get; init; }
}
