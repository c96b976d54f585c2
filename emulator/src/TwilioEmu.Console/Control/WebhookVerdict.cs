using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Control;

/// <summary>What became of an app's answer: one word, and the alerts that were raised of it.</summary>
/// <remarks>
/// <c>twiml</c> it was run, <c>text</c> plain words, <c>empty</c> nothing to do, <c>file</c>,
/// <c>acknowledged</c> (callbacks); <c>broken</c> TwiML that does not parse, <c>not_twiml</c>
/// something else (an HTML page, JSON, words), <c>refused</c> no 2xx, <c>none</c> no answer.
/// </remarks>
internal static class WebhookVerdict
{
    /// <summary>Writes the members <c>verdict</c> and <c>alerts</c>.</summary>
    public static void Write(Utf8JsonWriter json, Entry sent, Entry? outcome, IReadOnlyList<Entry> alerts)
    {
        var told = alerts.Select(a => JournalLine.Of(a).Data).ToList();
        if (outcome is null) json.WriteNull("verdict");
        else json.WriteString("verdict", WordOf(JournalLine.Of(sent).Data, JournalLine.Of(outcome), told));
        json.WriteStartArray("alerts");
        foreach (var alert in told) alert.WriteTo(json);
        json.WriteEndArray();
    }

    private static string WordOf(JsonElement sent, JournalLine outcome, List<JsonElement> alerts)
    {
        if (outcome.Kind == "webhook.failed" || !outcome.Data.TryGetProperty("status", out var status)
            || status.ValueKind != JsonValueKind.Number)
        {
            return "none";
        }
        if (status.GetInt32() is < 200 or > 299) return "refused";
        var purpose = Text(sent, "purpose") ?? "";
        if (purpose.EndsWith("callback", StringComparison.Ordinal)) return "acknowledged";
        if (purpose == "media") return "file";
        foreach (var alert in alerts)
        {
            if (!alert.TryGetProperty("code", out var code)) continue;
            var message = Text(alert, "message") ?? "";
            switch (code.GetInt32())
            {
                case 12100 when message.Contains("HTML page", StringComparison.Ordinal)
                    || message.Contains("words without markup", StringComparison.Ordinal):
                case 12102 or 12300:
                case 12200 when message.Contains("words without markup", StringComparison.Ordinal):
                    return "not_twiml";
                case 11200 or 11750 or 11770 or 12100 or 12101:
                    return "broken";
            }
        }
        if (outcome.Data.TryGetProperty("body_bytes", out var bytes) && bytes.GetInt32() == 0) return "empty";
        return Text(outcome.Data, "content_type")?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true ? "text" : "twiml";
    }

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
