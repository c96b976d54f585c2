using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>Reads what must be seen or heard.</summary>
internal static class ClaimReader
{
    /// <summary>Reads <c>expect</c> (entries of the journal) or <c>receives</c> (texts that reached a phone).</summary>
    public static Step? Read(Fields fields, string verb, string number)
    {
        if (fields.Mapping(verb) is not { } what) return null;
        var match = verb == "receives" ? ReadReceives(what, number) : MatchReader.ReadMatch(what);
        // "receives: { from: ..., count: 2 }" reads better than a count beside it; both are taken.
        var count = MatchReader.ReadCount(what.Has("count") || what.Has("exactly") ? what : fields);
        what.End();
        var within = fields.Duration("within") ?? MatchReader.UsualWait;
        var each = fields.Mapping("each");
        if (each is not null) CheckEach(each);
        return new Step.Expects(match, count, within, fields.Duration("spaced"), each?.Source, ReadSince(fields));
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
        if (since != "start") fields.Fault("since", $"{fields.PathOf("since")} can be start (of the story) only; without it a claim is about the last deeds");
        return true;
    }

    private static JournalMatch ReadReceives(Fields what, string number)
    {
        var members = new List<(string, ValueMatch)>();
        foreach (var key in (string[])["from", "to", "body", "media_urls"])
        {
            if (what.Take(key) is { } node && MatchReader.ReadValue(node, what.PathOf(key), what.Faults) is { } value) members.Add((key, value));
        }
        return new JournalMatch { Kind = "handset.received", Subject = number, Data = new ValueMatch.Members(members) };
    }

    /// <summary>Reads it to find its faults; it is read again for every entry, <c>${i}</c> put in.</summary>
    private static void CheckEach(Fields each)
    {
        MatchReader.ReadMatch(each);
        each.End();
    }
}
