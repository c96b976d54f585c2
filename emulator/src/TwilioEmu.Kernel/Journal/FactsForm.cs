using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Journal;

/// <summary>The form of <see cref="Facts"/>: each fact says its name and of what kind its value is.</summary>
/// <remarks>A walk would make the facts anew as it writes them, and check every value again; most entries are facts.</remarks>
internal sealed class FactsForm : DataForm
{
    private FactsForm()
    {
    }

    private enum Kind
    {
        Null,
        Text,
        Flag,
        Int,
        Long,
        Double,
        Span,
        Instant,
        Texts,
        Pairs,
    }

    public static FactsForm One { get; } = new();

    /// <inheritdoc/>
    public override void Write(IEntryData data, Members to) => to.List<(string, object?)>("facts", ((Facts)data).All, Fact);

    /// <inheritdoc/>
    public override IEntryData Read(Members from) => new Facts([.. from.List<(string, object?)>("facts", null, Fact)]);

    // A reader tells of none: a fact has a name.
    private static (string Name, object? Value) Fact((string Name, object? Value) fact, Members members)
    {
        var name = members.Text("name", fact.Name);
        if (fact.Name is null) return (name, ReadValue(members));
        Write(fact.Value, members);
        return fact;
    }

    private static void Write(object? value, Members to)
    {
        switch (value)
        {
            case null: Begin(Kind.Null, to); break;
            case string text: Begin(Kind.Text, to).Text("value", text); break;
            case bool flag: Begin(Kind.Flag, to).Flag("value", flag); break;
            case int number: Begin(Kind.Int, to).Number("value", number); break;
            case long number: Begin(Kind.Long, to).Long("value", number); break;
            case double fraction: Begin(Kind.Double, to).Fraction("value", fraction); break;
            case TimeSpan span: Begin(Kind.Span, to).Span("value", span); break;
            case DateTimeOffset at: Begin(Kind.Instant, to).Instant("value", at); break;
            case IEnumerable<string> texts: Begin(Kind.Texts, to).List<string?>("value", [.. texts], Text); break;
            case IEnumerable<KeyValuePair<string, string>> pairs:
                Begin(Kind.Pairs, to).List<string?>("value", [.. pairs.SelectMany(static pair => (string[])[pair.Key, pair.Value])], Text);
                break;
            default: throw new InvalidOperationException($"unknown kind of fact {value.GetType().Name}");
        }
    }

    private static Members Begin(Kind kind, Members to)
    {
        to.Number("kind", (int)kind);
        return to;
    }

    // A list may have a gap where a name has no value: JSON shows it as null.
    private static string? Text(string? text, Members members) => members.TextOrNull("", text);

    private static object? ReadValue(Members from) => (Kind)from.Number("kind", null) switch
    {
        Kind.Null => null,
        Kind.Text => from.Text("value", null),
        Kind.Flag => from.Flag("value", null),
        Kind.Int => from.Number("value", null),
        Kind.Long => from.Long("value", null),
        Kind.Double => from.Fraction("value", null),
        Kind.Span => from.Span("value", null),
        Kind.Instant => from.Instant("value", null),
        Kind.Texts => from.List<string?>("value", null, Text),
        Kind.Pairs =>
            from.List<string?>("value", null, Text).Chunk(2).Select(static pair => KeyValuePair.Create(pair[0]!, pair[1]!)).ToArray(),
        _ => throw new InvalidDataException("a fact is of a kind that is none"),
    };
}
