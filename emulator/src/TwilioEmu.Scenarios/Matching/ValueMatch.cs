using System.Globalization;
using System.Text.Json;
using TwilioEmu.Carrier.Handsets;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>What a value must be like.</summary>
public abstract record ValueMatch
{
    /// <summary>The value, as text: <c>30003</c> is both the number and the words.</summary>
    public sealed record Is(string Text) : ValueMatch;

    /// <summary>Absent, or null.</summary>
    public sealed record IsNothing : ValueMatch;

    /// <summary>Present and not null, whatever it is; or the opposite.</summary>
    public sealed record IsPresent(bool Present) : ValueMatch;

    /// <summary>A part of it, letter for letter.</summary>
    public sealed record Contains(string Part) : ValueMatch;

    /// <summary>Words or a regular expression, as a phone's owner listens for them.</summary>
    public sealed record Fits(TextPattern Pattern) : ValueMatch;

    /// <summary>A number between bounds.</summary>
    public sealed record Between(double? AtLeast, double? AtMost) : ValueMatch;

    /// <summary>Every one of several.</summary>
    public sealed record All(IReadOnlyList<ValueMatch> Parts) : ValueMatch;

    /// <summary>A list of just these items.</summary>
    public sealed record Items(IReadOnlyList<ValueMatch> Each) : ValueMatch;

    /// <summary>An object with at least these members.</summary>
    public sealed record Members(IReadOnlyList<(string Name, ValueMatch Value)> Each) : ValueMatch;

    private ValueMatch() { }

    /// <summary>Tells how a value fails to be like this, one line for each thing; nothing when it is.</summary>
    /// <param name="path">The value's name in the lines.</param>
    /// <param name="value">The value; default (undefined) when absent.</param>
    public IEnumerable<string> Differences(string path, JsonElement value)
    {
        switch (this)
        {
            case Is(var wanted):
                if (IsNull(value) || TextOf(value) != wanted) yield return $"{path} is {Shown(value)}, not \"{wanted}\"";
                break;
            case IsNothing:
                if (!IsNull(value)) yield return $"{path} is {Shown(value)}, not absent";
                break;
            case IsPresent(var wanted):
                if (IsNull(value) == wanted) yield return wanted ? $"{path} is absent" : $"{path} is {Shown(value)}, not absent";
                break;
            case Contains(var part):
                if (!Lines(value).Any(t => t.Contains(part, StringComparison.Ordinal)))
                {
                    yield return $"{path} is {Shown(value)}, which does not contain \"{part}\"";
                }
                break;
            case Fits(var pattern):
                if (!Lines(value).Any(pattern.Matches)) yield return $"{path} is {Shown(value)}, which does not match \"{pattern}\"";
                break;
            case Between between:
                if (between.Miss(value) is { } miss) yield return $"{path} is {Shown(value)}, not {miss}";
                break;
            case All(var parts):
                foreach (var line in parts.SelectMany(p => p.Differences(path, value))) yield return line;
                break;
            case Items(var items):
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != items.Count)
                {
                    yield return $"{path} is {Shown(value)}, not a list of {items.Count}";
                }
                else
                {
                    foreach (var line in items.SelectMany((m, i) => m.Differences($"{path}[{i}]", value[i]))) yield return line;
                }
                break;
            case Members(var members):
                foreach (var (name, match) in members)
                {
                    var member = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) ? found : default;
                    foreach (var line in match.Differences(path.Length == 0 ? name : $"{path}.{name}", member)) yield return line;
                }
                break;
            default: throw new InvalidOperationException($"unknown match {GetType().Name}");
        }
    }

    /// <summary>
    /// What the groups of its regular expressions caught in a value: <c>1</c>, <c>2</c>, ... in the order written, or their names.
    /// </summary>
    public IReadOnlyList<(string Name, string Text)> Captures(JsonElement value)
    {
        var all = new List<(string Name, string Text)>();
        var numbered = 0;
        foreach (var (name, text) in Caught(value))
        {
            all.Add((int.TryParse(name, out _) ? (++numbered).ToString(CultureInfo.InvariantCulture) : name, text));
        }
        return all;
    }

    private IEnumerable<(string Name, string Text)> Caught(JsonElement value) => this switch
    {
        Fits(var pattern) => Lines(value).Where(pattern.Matches).Take(1).SelectMany(pattern.Captures),
        All(var parts) => parts.SelectMany(p => p.Caught(value)),
        Items(var items) when value.ValueKind == JsonValueKind.Array =>
            items.Take(value.GetArrayLength()).SelectMany((m, i) => m.Caught(value[i])),
        Members(var members) when value.ValueKind == JsonValueKind.Object =>
            members.SelectMany(m => value.TryGetProperty(m.Name, out var member) ? m.Value.Caught(member) : []),
        _ => [],
    };

    /// <summary>How many things it asks for, so that near misses can be told from far ones.</summary>
    public int Size => this switch
    {
        All(var parts) => parts.Sum(p => p.Size),
        Items(var items) => 1 + items.Sum(p => p.Size),
        Members(var members) => members.Sum(m => m.Value.Size),
        _ => 1,
    };

    private static bool IsNull(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    /// <summary>A list contains what one of its items contains.</summary>
    private static IEnumerable<string> Lines(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        JsonValueKind.Array => value.EnumerateArray().Select(TextOf),
        _ => [TextOf(value)],
    };

    private static string Shown(JsonElement value)
    {
        if (IsNull(value)) return "absent";
        var text = value.GetRawText();
        return text.Length > 200 ? text[..197] + "..." : text;
    }
}

file static class Bounds
{
    public static string? Miss(this ValueMatch.Between between, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()
            : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return "a number";
        if (number < between.AtLeast) return string.Create(CultureInfo.InvariantCulture, $"at least {between.AtLeast}");
        return number > between.AtMost ? string.Create(CultureInfo.InvariantCulture, $"at most {between.AtMost}") : null;
    }
}
