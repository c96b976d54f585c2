using System.Text.Json;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Consent;

/// <summary>Advanced Opt-Out of one Messaging Service: keywords and replies of its own beside the usual ones.</summary>
/// <remarks>
/// twilio.com/docs/messaging/tutorials/advanced-opt-out, help.twilio.com 360034798533: of the usual keywords all can be removed but STOP,
/// START and HELP, and their replies can be changed; by country where wanted.
/// </remarks>
public sealed record OptOutSettings(string Service, IReadOnlyList<OptOutRule> Rules) : IRecord
{
    /// <summary>The settings of an account's services.</summary>
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<OptOutSettings> Form = new("opt_out_settings", static (r, m) => new OptOutSettings(
        m.Text("messaging_service_sid", r?.Service), m.List("rules", r?.Rules, OptOutRule.Walk)));

    public static readonly TableKey<OptOutSettings> Table = new("opt_out_settings", Form);

    /// <inheritdoc/>
    public string Key => Service;

    /// <inheritdoc/>
    public bool IsSettled => false;

    /// <summary>
    /// What a word asks for and what is answered, for a recipient of a country; null where the word is none of the keywords.
    /// </summary>
    public (KeywordType Type, string Reply)? Find(string word, string country)
    {
        KeywordType? type = null;
        foreach (var rule in Rules) if (rule.IsFor(country) && rule.Keywords.Contains(word)) type ??= rule.Type;
        if (type is null && !Rules.Any(r => r.IsFor(country) && r.Without.Contains(word)))
        {
            foreach (var (usual, reserved) in Keywords.Usual) if (reserved == word) type = usual;
        }
        if (type is not { } found) return null;
        // A rule with the word itself speaks before one of the same type; one of the country before one of all.
        var reply = Rules.Where(r => r.Type == found && r.IsFor(country))
            .OrderByDescending(r => (r.Keywords.Contains(word) ? 2 : 0) + (r.Country is null ? 0 : 1))
            .FirstOrDefault()?.Reply;
        return (found, reply ?? Keywords.ReplyTo(found));
    }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("service_sid", Service);
        json.WriteStartArray("keywords");
        foreach (var rule in Rules) rule.Write(json);
        json.WriteEndArray();
    }
}

/// <summary>Keywords of one type and their reply.</summary>
/// <param name="Type">What they ask for.</param>
/// <param name="Keywords">In capitals; may be none, to change the reply to the usual ones.</param>
/// <param name="Reply">Null keeps the usual reply.</param>
/// <param name="Country">ISO code; null for all.</param>
public sealed record OptOutRule(KeywordType Type, IReadOnlyList<string> Keywords, string? Reply, string? Country)
{
    /// <summary>Usual keywords that are ordinary words here, in capitals.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    internal static OptOutRule Walk(OptOutRule? r, Members m) => new(
        m.Word("type", r?.Type, Messaging.Consent.Keywords.Words), m.Texts("keywords", r?.Keywords), m.TextOrNull("reply", r?.Reply),
        m.TextOrNull("country", r?.Country))
    { Without = m.Texts("without", r?.Without) };

    internal bool IsFor(string country) => Country is null || Country == country;

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", Type.Wire());
        json.WriteStartArray("words");
        foreach (var word in Keywords) json.WriteStringValue(word);
        json.WriteEndArray();
        if (Without.Count > 0)
        {
            json.WriteStartArray("without");
            foreach (var word in Without) json.WriteStringValue(word);
            json.WriteEndArray();
        }
        json.WriteString("reply", Reply);
        json.WriteString("country", Country ?? "ALL");
        json.WriteEndObject();
    }
}
