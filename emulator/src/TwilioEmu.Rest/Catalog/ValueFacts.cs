using System.Text.RegularExpressions;

namespace TwilioEmu.Rest.Catalog;

/// <summary>What the document says of a value: of a parameter's, or of a property's.</summary>
public sealed record ValueFacts
{
    public ValueType Type { get; init; }

    /// <summary>True when the value repeats (a parameter) or is an array (a property).</summary>
    public bool IsArray { get; init; }

    /// <summary><c>uri</c>, <c>http-method</c>, <c>date-time</c>, ... or null.</summary>
    public string? Format { get; init; }

    /// <summary>The SID prefixes it may have, or empty.</summary>
    public IReadOnlyList<string> SidPrefixes { get; init; } = [];

    /// <summary>The words it may be, or empty.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public string? Pattern { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    /// <summary>What the live service takes when nothing is sent, where its documents say so.</summary>
    public string? Default { get; init; }

    /// <summary>True when it may not be left out.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when a response may say null.</summary>
    public bool IsNullable { get; init; }

    /// <summary>True when the text satisfies <see cref="Pattern"/>, or there is none.</summary>
    public bool Matches(string text) => Pattern is null || Regex.IsMatch(text, Pattern, RegexOptions.CultureInvariant);
}

/// <summary>The JSON type of a value.</summary>
public enum ValueType
{
    String,
    Boolean,
    Integer,
    Number,
    Object,
    Any,
}
