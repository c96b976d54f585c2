using System.Globalization;
using System.Text.Json;

namespace TwilioEmu.Kernel.Serialization;

/// <summary>
/// Reads what <see cref="JsonMembersWriter"/> wrote, by name: a member that another version did not have is nothing, 0 or empty.
/// </summary>
/// <remarks>Whatever the JSON, it ends: by a value, or by <see cref="InvalidDataException"/>.</remarks>
public sealed class JsonMembersReader : Members
{
    private readonly Stack<Level> _open = new();

    /// <summary>Reads an object's members.</summary>
    /// <exception cref="InvalidDataException">It is no object.</exception>
    public JsonMembersReader(JsonElement record) => Open("the record", record);

    /// <inheritdoc/>
    public override string? TextOrNull(string name, string? value) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "a text"),
    };

    /// <inheritdoc/>
    public override decimal Money(string name, decimal? value) => Find(name) switch
    {
        null => 0m,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var sum) => sum,
        _ => throw Wrong(name, "a sum of money"),
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string>? value)
    {
        var map = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (Find(name) is not { } found) return map;
        if (found.ValueKind != JsonValueKind.Object) throw Wrong(name, "an object");
        foreach (var member in found.EnumerateObject())
        {
            map[member.Name] = member.Value.ValueKind == JsonValueKind.String
                ? member.Value.GetString()!
                : throw Wrong(name, "an object of texts");
        }
        return map;
    }

    /// <inheritdoc/>
    protected override long Long(string name, long value, MemberKind kind)
    {
        if (Find(name) is not { } found) return kind == MemberKind.Fraction ? BitConverter.DoubleToInt64Bits(0) : 0;
        var text = found.ValueKind == JsonValueKind.String ? found.GetString()! : "";
        return kind switch
        {
            MemberKind.Flag when found.ValueKind is JsonValueKind.True or JsonValueKind.False =>
                found.ValueKind == JsonValueKind.True ? 1 : 0,
            MemberKind.Number when found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) => number,
            MemberKind.Fraction when found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var fraction) =>
                BitConverter.DoubleToInt64Bits(fraction),
            MemberKind.Fraction when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) =>
                BitConverter.DoubleToInt64Bits(fraction),
            MemberKind.Instant when DateTime.TryParseExact(
                text, JsonMembersWriter.InstantFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at) =>
                at.Ticks,
            MemberKind.Span when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) => span.Ticks,
            MemberKind.Day when DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                day.DayNumber,
            MemberKind.Flag => throw Wrong(name, "true or false"),
            MemberKind.Instant => throw Wrong(name, "an instant such as 2026-01-05T09:00:00Z"),
            MemberKind.Span => throw Wrong(name, "a length of time such as 1.02:03:04"),
            MemberKind.Day => throw Wrong(name, "a day such as 2026-01-05"),
            _ => throw Wrong(name, "a number"),
        };
    }

    /// <inheritdoc/>
    protected override int Choice(string name, int value, IReadOnlyList<string> words)
    {
        if (Find(name) is not { } found) return 0;
        for (var i = 0; found.ValueKind == JsonValueKind.String && i < words.Count; i++) if (found.ValueEquals(words[i])) return i;
        throw Wrong(name, "one of " + string.Join(", ", words));
    }

    /// <inheritdoc/>
    protected override bool Has(string name, bool isThere) =>
        _open.Peek() is { Members: { } members } && members.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null;

    /// <inheritdoc/>
    protected override bool BeginPart(string name, bool isThere)
    {
        if (Find(name) is not { } found) return false;
        Open(name, found);
        return true;
    }

    /// <inheritdoc/>
    protected override void EndPart() => _open.Pop();

    /// <inheritdoc/>
    protected override int BeginList(string name, int count)
    {
        var found = Find(name);
        if (found is { ValueKind: not JsonValueKind.Array }) throw Wrong(name, "a list");
        JsonElement[] items = found is { } list ? [.. list.EnumerateArray()] : [];
        _open.Push(new Level(null, items));
        return items.Length;
    }

    /// <inheritdoc/>
    protected override void EndList() => _open.Pop();

    private void Open(string name, JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object) throw Wrong(name, "an object");
        _open.Push(new Level(part, []));
    }

    // Null is nothing.
    private JsonElement? Find(string name)
    {
        var level = _open.Peek();
        JsonElement found;
        if (level.Members is { } members)
        {
            if (!members.TryGetProperty(name, out found)) return null;
        }
        else
        {
            found = level.Next();
        }
        return found.ValueKind == JsonValueKind.Null ? null : found;
    }

    private static InvalidDataException Wrong(string name, string wanted) =>
        new($"{(name.Length == 0 ? "an item" : name)} is not {wanted}");

    private sealed class Level(JsonElement? members, JsonElement[] items)
    {
        private int _at;

        public JsonElement? Members { get; } = members;

        public JsonElement Next() => _at < items.Length ? items[_at++] : throw new InvalidDataException("a list has too few items");
    }
}
