namespace TwilioEmu.Scenarios.Reading;

/// <summary>What may stand behind a word, for programs that help writing it (types of JSON Schema).</summary>
/// <remarks>Roughly: what a text must look like is the reader's to say, with its place and its reason.</remarks>
public abstract record ValueShape
{
    /// <summary>What no row says more of.</summary>
    public static ValueShape Any { get; } = new Anything();

    /// <summary>Text; numbers and durations as they are written are text too.</summary>
    public static ValueShape Word { get; } = new Text();

    public static ValueShape TrueOrFalse { get; } = new Flag();

    public static ValueShape WordList { get; } = new Texts();

    private ValueShape() { }

    public sealed record Anything : ValueShape;

    public sealed record Text : ValueShape;

    public sealed record Flag : ValueShape;

    public sealed record Texts : ValueShape;

    public sealed record Number(double Min, double Max, bool IsWhole) : ValueShape;

    public sealed record OneOf(IReadOnlyList<string> Words) : ValueShape;

    /// <summary>A list of mappings, each of these words.</summary>
    public sealed record ListOf(IReadOnlyList<Setting> Rows) : ValueShape;

    /// <summary>A mapping of these words.</summary>
    public sealed record MappingOf(IReadOnlyList<Setting> Rows) : ValueShape;

    /// <summary>A mapping whose words are the user's own, with this behind each.</summary>
    public sealed record ByName(ValueShape Of) : ValueShape;
}
