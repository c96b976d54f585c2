using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>Gathers every fault of an input, so that a reader of the report mends them all at once.</summary>
public sealed class Faults
{
    /// <summary>Faults kept; an input that is wrong throughout needs no longer list.</summary>
    public const int MaxCount = 100;

    // Of a message that quotes what is longer than a person reads, characters of its beginning and its end.
    private const int Beginning = 500;
    private const int End = 250;

    private readonly List<Fault> _all = [];

    /// <summary>In the order they stand in the input.</summary>
    public IReadOnlyList<Fault> All => [.. _all.OrderBy(f => f.Position.Line).ThenBy(f => f.Position.Column)];

    public int Count => _all.Count;

    /// <summary>True when what is added now is dropped.</summary>
    public bool IsFull => _all.Count >= MaxCount;

    /// <summary>True while steps are read in which <c>${name}</c> stands for a value known only when the story runs.</summary>
    internal bool AllowsTemplates { get; set; }

    /// <summary>What kinds of entries there are; null leaves claims unchecked.</summary>
    public EntryKinds? Kinds { get; init; }

    /// <summary>
    /// Hears of every mapping that was read: its path, and the keys that were asked for there. For the reference page's test.
    /// </summary>
    internal Action<string, IReadOnlyList<string>>? Asked { get; set; }

    public void Add(Node node, string path, string message) => Add(node.Position, path, message);

    public void Add(SourcePosition place, string path, string message)
    {
        // A field that two readers ask for is wrong once.
        var fault = new Fault(place, Shortened(path), Shortened(message));
        if (_all.Count < MaxCount && !_all.Contains(fault)) _all.Add(fault);
    }

    private static string Shortened(string words)
    {
        if (words.Length <= Beginning + End) return words;
        var (begins, ends) = (Beginning, words.Length - End);
        // No character is cut in halves.
        if (char.IsHighSurrogate(words[begins - 1])) begins--;
        if (char.IsLowSurrogate(words[ends])) ends++;
        return $"{words[..begins]} ... {words[ends..]}";
    }
}
