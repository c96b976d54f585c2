using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>Reads what entries and values must be like: in scenarios, and in the body of <c>POST /_emu/v1/expect</c>.</summary>
public static class MatchReader
{
    /// <summary>How long matching entries are waited for unless told.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);

    // Every entry is held against every one of them.
    private const int MaxMembers = 1_000;

    /// <summary>What other tools call the tests.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["regex"] = "matches",
        ["pattern"] = "matches",
        ["includes"] = "contains",
        ["has"] = "contains",
        ["is"] = "equals",
        ["eq"] = "equals",
        ["exists"] = "present",
        ["min"] = "at_least",
        ["max"] = "at_most",
    };

    private static readonly string[] Tests = ["equals", "contains", "matches", "says", "present", "at_least", "at_most"];

    /// <summary>Reads kind, subject, account and data; the caller ends the mapping.</summary>
    public static JournalMatch ReadMatch(Fields fields)
    {
        var match = new JournalMatch
        {
            Kind = fields.Text("kind", KindFault),
            Subject = fields.Text("subject"),
            Account = fields.Text("account"),
            Data = fields.Mapping("data") is { } data ? ReadMembers(data) : null,
        };
        if (fields.Faults.Kinds is { } kinds && match.Kind is { } kind) CheckKind(fields, kinds, kind, match.Data);
        if (match.Size == 0 && fields.Source.Members.Count == 0)
        {
            fields.Faults.Add(fields.Source, fields.Path, $"{fields.Path} asks for nothing; say a kind, a subject, an account or data");
        }
        return match;
    }

    /// <summary>Reads <c>count</c> (at least; 0 for none at all) or <c>exactly</c>.</summary>
    public static EntryCount ReadCount(Fields fields)
    {
        var count = (int?)fields.Whole("count", 0, EntryCount.Max);
        var exactly = (int?)fields.Whole("exactly", 0, EntryCount.Max);
        if (fields.Has("count") && fields.Has("exactly")) fields.Fault("exactly", "say either count or exactly");
        if (exactly is { } exact) return new EntryCount(exact, true);
        return count is { } number ? new EntryCount(number, number == 0) : EntryCount.One;
    }

    /// <summary>Reads what each member of an object must be like.</summary>
    public static ValueMatch ReadMembers(Fields fields)
    {
        var members = new List<(string, ValueMatch)>();
        if (fields.Source.Members.Count > MaxMembers)
        {
            fields.Faults.Add(
                fields.Source, fields.Path, $"{fields.Path} may ask for {MaxMembers} members at most, not {fields.Source.Members.Count}");
            return new ValueMatch.Members(members);
        }
        foreach (var member in fields.Source.Members)
        {
            fields.Take(member.Key);
            if (ReadValue(member.Value, fields.PathOf(member.Key), fields.Faults) is { } value) members.Add((member.Key, value));
        }
        return new ValueMatch.Members(members);
    }

    /// <summary>Reads what a value must be like: a value to equal, a test (<c>contains</c>, <c>matches</c>, ...), or members.</summary>
    public static ValueMatch? ReadValue(Node node, string path, Faults faults)
    {
        switch (node)
        {
            case Node.Scalar { Kind: ScalarKind.Null }: return new ValueMatch.IsNothing();
            case Node.Scalar scalar: return new ValueMatch.Is(scalar.Text);
            case Node.Sequence list:
                var items = list.Items.Select((item, i) => ReadValue(item, $"{path}[{i}]", faults)).ToList();
                return items.Contains(null) ? null : new ValueMatch.Items(items!);
        }
        var fields = Fields.Of(node, path, faults)!;
        if (!Tests.Any(fields.Has))
        {
            if (MisspeltTest(fields.Source, path, isSurely: false) is not { } misspelt) return ReadMembers(fields);
            faults.Add(node, path, misspelt);
            return null;
        }
        var parts = ReadTests(fields).ToList();
        fields.End();
        return parts.Count == 1 ? parts[0] : new ValueMatch.All(parts);
    }

    /// <summary>
    /// What is wrong with a mapping that has none of the tests and was meant to: a
    /// test's name misspelt, or another tool's; null when it may be an object's members.
    /// </summary>
    /// <param name="mapping">What stands there.</param>
    /// <param name="path">Where.</param>
    /// <param name="isSurely">True where no object can be: then any slip is told, else those of one letter.</param>
    internal static string? MisspeltTest(Node.Mapping mapping, string path, bool isSurely)
    {
        if (mapping.Members.Any(m => Tests.Contains(m.Key))) return null;
        foreach (var member in mapping.Members)
        {
            var meant = isSurely
                ? OtherNames.GetValueOrDefault(member.Key) ?? Spelling.Nearest(member.Key, Tests)
                : Array.Find(Tests, t => Spelling.IsSlip(member.Key, t));
            if (meant is not null) return $"unknown test \"{member.Key}\" in {path} (did you mean \"{meant}\"?)";
        }
        return isSurely
            ? $"unknown test \"{(mapping.Members is [var first, ..] ? first.Key : "")}\" in {path} (there are {string.Join(", ", Tests)})"
            : null;
    }

    private static void CheckKind(Fields fields, EntryKinds kinds, string kind, ValueMatch? data)
    {
        if (kind.Contains("${", StringComparison.Ordinal)) return;
        if (KindCheck.OfKind(kinds, kind) is { } unknown) fields.Fault("kind", unknown);
        else if (data is ValueMatch.Members(var members))
        {
            foreach (var (name, value) in members)
            {
                // What is to be absent may be a member that nobody has.
                if (value is ValueMatch.IsNothing or ValueMatch.IsPresent { Present: false }) continue;
                if (KindCheck.OfMember(kinds, kind, name) is { } fault) fields.Fault("data", fault);
            }
        }
    }

    private static IEnumerable<ValueMatch> ReadTests(Fields fields)
    {
        if (fields.Take("equals") is { } equals && ReadValue(equals, fields.PathOf("equals"), fields.Faults) is { } same) yield return same;
        if (TextOf(fields, "contains") is { } part) yield return new ValueMatch.Contains(part);
        if (fields.Text("matches") is { } expression && ReadExpression(fields, expression) is { } pattern)
        {
            yield return new ValueMatch.Fits(pattern);
        }
        if (fields.Text("says") is { } words && TextPattern.TryParse(words, out var spoken, out _))
        {
            yield return new ValueMatch.Fits(spoken);
        }
        if (fields.Flag("present") is { } present) yield return new ValueMatch.IsPresent(present);
        var (low, high) = (
            fields.Number("at_least", double.MinValue, double.MaxValue), fields.Number("at_most", double.MinValue, double.MaxValue));
        if (low is not null || high is not null) yield return new ValueMatch.Between(low, high);
    }

    // A number may be looked for as text: contains: 30003.
    private static string? TextOf(Fields fields, string key) =>
        fields.Take(key) is Node.Scalar { Kind: ScalarKind.Literal } literal ? literal.Text : fields.Text(key);

    private static TextPattern? ReadExpression(Fields fields, string expression)
    {
        var source = expression is ['/', _, .., '/'] ? expression : $"/{expression}/";
        if (TextPattern.TryParse(source, out var pattern, out var error)) return pattern;
        fields.Fault("matches", $"{fields.PathOf("matches")}: {expression} is not a regular expression: {error}");
        return null;
    }

    private static string? KindFault(string kind) =>
        kind.Length > 0 && kind.IndexOf('*') is var star && (star < 0 || star == kind.Length - 1)
            ? null
            : $"\"{kind}\" is not a kind of entry such as message.sent, or its beginning and a star, message.*";
}
