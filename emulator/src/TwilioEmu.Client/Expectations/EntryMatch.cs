using System.Text.Json.Nodes;
using TwilioEmu.Client.Wire;

namespace TwilioEmu;

/// <summary>Which journal entries are meant; what is null does not matter.</summary>
/// <example><code>
/// new EntryMatch { Kind = "message.delivered", Subject = sid, Data = new() { ["body"] = Expected.Contains("sunny") } }
/// </code></example>
public sealed record EntryMatch
{
    /// <summary>The kind, or its beginning and a star: <c>message.*</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>A SID or phone number.</summary>
    public string? Subject { get; init; }

    /// <summary>SID of an account.</summary>
    public string? Account { get; init; }

    /// <summary>
    /// What each particular must be like: a value to equal (numbers equal their digits), a test of <see cref="Expected"/>, or members.
    /// </summary>
    public JsonObject? Data { get; init; }

    /// <summary>In the words of the control API.</summary>
    internal JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Kind is not null) json["kind"] = Kind;
        if (Subject is not null) json["subject"] = Subject;
        if (Account is not null) json["account"] = Account;
        if (Data is not null) json["data"] = Data.DeepClone();
        return json;
    }

    /// <inheritdoc/>
    public override string ToString() => ToJson().ToJsonString(ClientJson.Shown);
}
