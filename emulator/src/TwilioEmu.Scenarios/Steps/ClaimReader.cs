using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>Reads what must be seen or heard.</summary>
internal static class ClaimReader
{
    // What it catches is kept beside the entry's own members.
    private static readonly TextPattern AnyCode =
        TextPattern.TryParse("/^(?<code>.+)$/", out var pattern, out var fault)
            ? pattern
            : throw new InvalidOperationException($"no pattern: {fault}");

    /// <summary>Reads <c>expect</c> (entries of the journal) or <c>receives</c> (texts that reached a phone).</summary>
    public static Step? Read(Fields fields, string verb, string number) => verb == "receives"
        ? ReadOf(fields, verb, "body", what => ReadReceives(what, number))
        : ReadOf(fields, verb, "kind", MatchReader.ReadMatch);

    /// <summary>Reads a claim about entries: what they are like, how many, when.</summary>
    /// <param name="fields">The step.</param>
    /// <param name="verb">Where it says what they are like.</param>
    /// <param name="mainKey">What a single value standing there was mostly meant for.</param>
    /// <param name="read">Reads what they are like.</param>
    public static Step? ReadOf(Fields fields, string verb, string mainKey, Func<Fields, JournalMatch> read)
    {
        if (fields.Mapping(verb, mainKey) is not { } what) return null;
        var match = read(what);
        // "receives: { from: ..., count: 2 }" reads better than a count beside it; both are taken.
        var count = MatchReader.ReadCount(what.Has("count") || what.Has("exactly") ? what : fields);
        what.End();
        var within = fields.Duration("within") ?? MatchReader.UsualWait;
        var each = fields.Mapping("each");
        if (each is not null) CheckEach(each);
        return new Step.Expects(match, count, within, fields.Duration("spaced"), each?.Source, ReadSince(fields));
    }

    /// <summary>
    /// A one-time code reached the phone, texted or spoken: <c>reads_code: true</c>, or whose and how; what is saved has it as <c>code</c>.
    /// </summary>
    public static Step? ReadCode(Fields fields, string number)
    {
        var members = new List<(string, ValueMatch)> { ("code", new ValueMatch.Fits(AnyCode)) };
        if (fields.Source["reads_code"] is Node.Mapping && fields.Mapping("reads_code") is { } what)
        {
            foreach (var key in (string[])["service", "channel", "from"])
            {
                if (what.Take(key) is { } node && MatchReader.ReadValue(node, what.PathOf(key), what.Faults) is { } value)
                {
                    members.Add((key, value));
                }
            }
            what.End();
        }
        else if (fields.Flag("reads_code") == false)
        {
            fields.Fault("reads_code", $"{fields.PathOf("reads_code")} must be true, or say service, channel or from");
        }
        var match = new JournalMatch { Kind = CodeEntries.OnPhone.Name, Subject = number, Data = new ValueMatch.Members(members) };
        return new Step.Expects(match, EntryCount.One, fields.Duration("within") ?? MatchReader.UsualWait, null, null, IsOfAll: false);
    }

    public static Step? ReadHears(Fields fields, string number) =>
        ScriptReader.ReadPattern(fields, "hears") is { } pattern
            ? new Step.Hears(number, pattern, fields.Duration("within") ?? ScriptStep.DefaultHearing)
            : null;

    /// <summary>The call of a phone ends; <c>call_ends: true</c>.</summary>
    public static Step? ReadCallEnds(Fields fields, string number)
    {
        if (fields.Flag("call_ends") == false) fields.Fault("call_ends", $"{fields.PathOf("call_ends")} must be true");
        return new Step.CallEnds(number, fields.Duration("within") ?? MatchReader.UsualWait);
    }

    private static bool ReadSince(Fields fields)
    {
        if (fields.Text("since") is not { } since) return false;
        if (since != "start")
        {
            fields.Fault("since", $"{fields.PathOf("since")} can be start (of the story) only; without it a claim is about the last deeds");
        }
        return true;
    }

    /// <summary>Reads what texts, lists and numbers must be like.</summary>
    public static ValueMatch.Members ReadTold(Fields what, IReadOnlyList<string> keys)
    {
        var members = new List<(string, ValueMatch)>();
        foreach (var key in keys)
        {
            // A mapping of none of the tests is a test misspelt.
            if (what.Take(key) is Node.Mapping tests && MatchReader.MisspeltTest(tests, what.PathOf(key), isSurely: true) is { } unknown)
            {
                what.Faults.Add(tests, what.PathOf(key), unknown);
            }
            else if (what.Take(key) is { } node && MatchReader.ReadValue(node, what.PathOf(key), what.Faults) is { } value)
            {
                members.Add((key, value));
            }
        }
        return new ValueMatch.Members(members);
    }

    private static JournalMatch ReadReceives(Fields what, string number) => new()
    {
        Kind = "handset.received",
        Subject = number,
        Data = ReadTold(what, ["from", "to", "body", "media_urls"]),
    };

    /// <summary>Reads it to find its faults; it is read again for every entry, <c>${i}</c> put in.</summary>
    private static void CheckEach(Fields each)
    {
        MatchReader.ReadMatch(each);
        each.End();
    }
}
