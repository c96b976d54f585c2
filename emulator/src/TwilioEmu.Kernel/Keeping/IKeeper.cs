using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Kernel.Keeping;

/// <summary>
/// Keeps a world beyond its process: takes every entry down as it is written, and hands a world back as it was (write-ahead log).
/// </summary>
public interface IKeeper
{
    /// <summary>What an earlier process left; null for a world that begins.</summary>
    SavedWorld? Saved { get; }

    /// <summary>True while nothing can be written: what would change the world is refused meanwhile. Safe from any thread.</summary>
    bool IsFailing { get; }

    /// <summary>True where the world outlives its process.</summary>
    bool Lasts { get; }

    /// <summary>Keeps this world from now on. Called once, before its first turn.</summary>
    void Begin(World world);

    /// <summary>An entry was written. A turn of the loop; returns at once.</summary>
    void Add(Entry entry);

    /// <summary>
    /// Something beside the journal changed and is to be taken down with the next batch. A turn of the loop; returns at once.
    /// </summary>
    void Touch();

    /// <summary>Completes when all up to an entry is on the disk. Safe from any thread.</summary>
    /// <exception cref="KeepingException">It cannot be written.</exception>
    ValueTask KeptAsync(long seq);

    /// <summary>What was read is in its tables: the list of it may go.</summary>
    void Forget();

    /// <summary>Takes down what the world has come to, and nothing after that: its end is not part of its life.</summary>
    ValueTask CloseAsync();
}
