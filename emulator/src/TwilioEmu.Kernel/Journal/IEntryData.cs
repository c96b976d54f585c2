using System.Text.Json;

namespace TwilioEmu.Kernel.Journal;

/// <summary>What an entry says beyond its kind and subject; rendered only when somebody looks.</summary>
/// <remarks>Immutable: the journal keeps it for as long as the entry lives, and it may be rendered on any thread.</remarks>
public interface IEntryData
{
    /// <summary>Writes the members (name and value pairs) of a JSON object, without its braces.</summary>
    void WriteMembers(Utf8JsonWriter json);

    /// <summary>Roughly how many bytes it keeps beyond a few hundred: texts that somebody outside chose the length of.</summary>
    int Weight => 0;

    /// <summary>True when the entry tells of a resource that was not there before.</summary>
    bool IsNewResource => false;

    /// <summary>
    /// True when something went wrong which the entry's kind alone does not say: whoever looks for trouble need not render the others.
    /// </summary>
    bool IsTrouble => false;

    /// <summary>How it is written down once the entry is no longer among the newest; null where it stays as it is.</summary>
    DataForm? Packing => null;
}
