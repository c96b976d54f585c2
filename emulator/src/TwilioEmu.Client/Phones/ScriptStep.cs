using System.Text.Json.Nodes;
using TwilioEmu.Client.Wire;

namespace TwilioEmu;

/// <summary>One thing a phone's owner does in a call; the words are those of scenarios.</summary>
public sealed class ScriptStep
{
    private readonly Func<JsonObject> _toJson;

    private ScriptStep(Func<JsonObject> toJson) => _toJson = toJson;

    /// <summary>Does nothing for a while.</summary>
    public static ScriptStep Wait(TimeSpan time) => new(() => new JsonObject { ["wait"] = Durations.Write(time) });

    /// <summary>Picks up after ringing for a while; only as the first step.</summary>
    public static ScriptStep Answers(TimeSpan after) => new(() => new JsonObject { ["answers"] = Durations.Write(after) });

    /// <summary>
    /// Waits until words are heard (or a regular expression between slashes); in vain, it hangs up and the journal says so.
    /// </summary>
    public static ScriptStep Hears(string words, TimeSpan? within = null) => new(() =>
    {
        var step = new JsonObject { ["hears"] = words };
        if (within is { } limit) step["within"] = Durations.Write(limit);
        return step;
    });

    /// <summary>
    /// Waits for several things, and does what stands beside the one that is heard first; in vain, it hangs up and the journal says so.
    /// </summary>
    /// <param name="branches">Words, or a regular expression between slashes, and what is done then.</param>
    /// <param name="within">30 s unless told.</param>
    public static ScriptStep When(IReadOnlyList<(string Hears, ScriptStep[] Script)> branches, TimeSpan? within = null) => new(() =>
    {
        var step = new JsonObject
        {
            ["when"] = new JsonArray([
                .. branches.Select(JsonNode (b) => new JsonObject { ["hears"] = b.Hears, ["script"] = ToJson(b.Script) }),
            ]),
        };
        if (within is { } limit) step["within"] = Durations.Write(limit);
        return step;
    });

    /// <summary>Does steps over and over, until words have been heard, or so many times.</summary>
    /// <param name="script">What is done each time.</param>
    /// <param name="until">Words, or a regular expression between slashes; null for none.</param>
    /// <param name="times">At most; 1000 unless told.</param>
    public static ScriptStep Repeats(IEnumerable<ScriptStep> script, string? until = null, int? times = null) => new(() =>
    {
        var step = new JsonObject { ["repeats"] = ToJson(script) };
        if (until is not null) step["until"] = until;
        if (times is { } most) step["times"] = most;
        return step;
    });

    /// <summary>Presses keys: <c>0-9 A-D * #</c>, and <c>w</c>, <c>W</c> to wait.</summary>
    public static ScriptStep Presses(string digits) => new(() => new JsonObject { ["presses"] = digits });

    /// <summary>Says words.</summary>
    public static ScriptStep Says(string words) => new(() => new JsonObject { ["says"] = words });

    /// <summary>Plays a file into the call.</summary>
    public static ScriptStep Plays(string file) => new(() => new JsonObject { ["plays"] = file });

    /// <summary>Puts the call on hold: nothing is heard either way.</summary>
    public static ScriptStep Holds() => new(() => new JsonObject { ["holds"] = true });

    /// <summary>Takes the call off hold.</summary>
    public static ScriptStep Resumes() => new(() => new JsonObject { ["resumes"] = true });

    /// <summary>Asks for the other side to be connected with somebody else, as by REFER; refused, the script goes on.</summary>
    /// <param name="to">A number, or a SIP address.</param>
    public static ScriptStep Transfers(string to) => new(() => new JsonObject { ["transfers"] = to });

    /// <summary>Hangs up.</summary>
    public static ScriptStep HangsUp() => new(() => new JsonObject { ["hangs_up"] = true });

    /// <inheritdoc/>
    public override string ToString() => _toJson().ToJsonString(ClientJson.Shown);

    internal JsonObject ToJson() => _toJson();

    internal static JsonArray ToJson(IEnumerable<ScriptStep> script) => [.. script.Select(JsonNode (s) => s._toJson())];
}
