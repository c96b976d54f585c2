using System.Collections.Frozen;
using System.Globalization;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs.Schema;

/// <summary>What an attribute may hold: how it is judged, told, and tried.</summary>
/// <param name="Takes">As the reference page has it.</param>
/// <param name="Examples">Values that are right, of which one at least is not the usual one.</param>
/// <param name="Wrong">Values that are not; empty where every text is one.</param>
internal abstract record AttributeRule(string Takes, string[] Examples, string[] Wrong)
{
    public abstract bool IsValid(string text);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public sealed record Flag() : AttributeRule("`true`, `false`", ["true", "false"], ["maybe", ""])
    {
        public override bool IsValid(string text) => text is "true" or "TRUE" or "True" or "false" or "FALSE" or "False";
    }

    /// <summary>A whole number in a range.</summary>
    public sealed record Whole(int Min, int Max = int.MaxValue) : AttributeRule(
        Max == int.MaxValue
            ? $"whole number from {Min}"
            : $"whole number, {Min} to {Max}", [Text(Min), .. Max == int.MaxValue ? [] : new[] { Text(Max) }],
        [Text(Min - 1L), "x", "", "1.5", .. Max == int.MaxValue ? [] : new[] { Text(Max + 1L) }])
    {
        public override bool IsValid(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Min && number <= Max;

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One of a few words.</summary>
    public sealed record Word(params string[] Words)
        : AttributeRule(string.Join(", ", Words.Select(w => $"`{w}`")), Words, ["nonsense", ""])
    {
        public override bool IsValid(string text) => Words.Contains(text);
    }

    /// <summary>Some of a few words, between blanks; in some places commas part them, too.</summary>
    public sealed record SomeWords(bool AllowsCommas, params string[] Words) : AttributeRule(
        $"some of {string.Join(", ", Words.Select(w => $"`{w}`"))}, between blanks", [Words[^1], string.Join(' ', Words)], ["nonsense", ""])
    {
        public override bool IsValid(string text) => Split(text) is { Length: > 0 } words && words.All(Words.Contains);

        public string[] Split(string text) => text.Split(AllowsCommas ? [' ', ','] : [' '], StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>How a URL is asked.</summary>
    public sealed record Method() : AttributeRule("`GET`, `POST`", ["GET", "POST"], ["PUT", ""])
    {
        public override bool IsValid(string text) => text.ToUpperInvariant() is "GET" or "POST";
    }

    /// <summary>A URL, absolute or from the document's own; judged when it is asked.</summary>
    public sealed record Url() : AttributeRule("URL", ["/else"], [])
    {
        public override bool IsValid(string text) => true;
    }

    /// <summary>Any text, or what only the run can judge.</summary>
    public sealed record AnyText(string What, string Example) : AttributeRule(What, [Example], [])
    {
        public override bool IsValid(string text) => true;
    }

    /// <summary>No value at all: an attribute of others that may not stand here.</summary>
    public sealed record Nothing() : AttributeRule("not allowed", [], ["true", "1", ""])
    {
        public override bool IsValid(string text) => false;
    }

    /// <summary>What a rule of its own judges.</summary>
    public sealed record Judged(string What, Func<string, bool> Judge, string[] Right, string[] Bad) : AttributeRule(What, Right, Bad)
    {
        public override bool IsValid(string text) => Judge(text);
    }
}

/// <summary>An attribute of a verb or noun.</summary>
/// <param name="Name">Case-sensitive (twilio.com/docs/voice/twiml).</param>
/// <param name="Rule">What it may hold.</param>
/// <param name="Default">What counts where it is left out; null for nothing.</param>
/// <param name="Code">Raised for a value that is none; the default is used then.</param>
internal sealed record AttributeRow(string Name, AttributeRule Rule, string? Default = null, int Code = AttributeRow.Schema)
{
    /// <summary>What the schema alone refuses.</summary>
    public const int Schema = 12200;

    /// <summary>More about it, for the reference page; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Known and without effect here.</summary>
    public bool IsIdle { get; init; }

    /// <summary>Warns that the value is none.</summary>
    public TwimlWarning Warning(TwimlElement element) =>
        TwimlWarning.BadValue(Code, element, Name, Rule.Takes.Replace("`", "", StringComparison.Ordinal));
}

/// <summary>A verb or noun and all its attributes.</summary>
/// <param name="Place">Its name; with its parent's (<c>Gather/Say</c>) where it differs there.</param>
/// <param name="Source">The page it follows.</param>
/// <param name="Rows">Its attributes; none for one that has none.</param>
internal sealed record ElementRows(string Place, string Source, params AttributeRow[] Rows)
{
    private readonly FrozenDictionary<string, AttributeRow> _byName = Rows.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);

    /// <summary>True where its text means something, or its reader judges it; elsewhere it is 12200.</summary>
    public bool HoldsText { get; init; }

    /// <summary>An attribute, or null for what is none of its.</summary>
    public AttributeRow? Find(string name) => _byName.GetValueOrDefault(name);
}
