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

    /// <summary>Waits until words are heard (or a regular expression between slashes); in vain, it hangs up and the journal says so.</summary>
    public static ScriptStep Hears(string words, TimeSpan? within = null) => new(() =>
    {
        var step = new JsonObject { ["hears"] = words };
        if (within is { } limit) step["within"] = Durations.Write(limit);
        return step;
    });

    /// <summary>Presses keys: <c>0-9 A-D * #</c>, and <c>w</c>, <c>W</c> to wait.</summary>
    public static ScriptStep Presses(string digits) => new(() => new JsonObject { ["presses"] = digits });

    /// <summary>Says words.</summary>
    public static ScriptStep Says(string words) => new(() => new JsonObject { ["says"] = words });

    /// <summary>Plays a file into the call.</summary>
    public static ScriptStep Plays(string file) => new(() => new JsonObject { ["plays"] = file });

    /// <summary>Hangs up.</summary>
    public static ScriptStep HangsUp() => new(() => new JsonObject { ["hangs_up"] = true });

    /// <inheritdoc/>
    public override string ToString() => _toJson().ToJsonString(ClientJson.Shown);

    internal JsonObject ToJson() => _toJson();

    internal static JsonArray ToJson(IEnumerable<ScriptStep> script) => [.. script.Select(JsonNode (s) => s._toJson())];
}
