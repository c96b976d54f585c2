using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Kernel.Store;

/// <summary>An immutable thing the world remembers: a message, a call, a number. Changed by replacing it.</summary>
public interface IRecord : IEntryData
{
    /// <summary>Unique in its table and account; a SID, most often.</summary>
    string Key { get; }

    /// <summary>Another name it is found by, unique in its table while it lasts; null for none.</summary>
    string? Alias => null;

    /// <summary>When it came to be, by which lists of several accounts are ordered; null for records that keep no such instant.</summary>
    DateTimeOffset? Since => null;

    /// <summary>True when nothing more will happen to it, so that the oldest such may be trimmed.</summary>
    bool IsSettled { get; }

    /// <summary>
    /// True while it waits for its turn, as many may: where many do already, one more lies packed until somebody looks at it. Nobody
    /// asks of one that is settled.
    /// </summary>
    bool IsWaiting => false;
}
