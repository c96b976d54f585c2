using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Console.Control;

/// <summary>Every request made to the app, as the journal tells it, and one of them once more.</summary>
/// <remarks>
/// A webhook is a <c>webhook.sent</c> and the <c>webhook.answered</c> or <c>webhook.failed</c> it caused; its id is the seq of the
/// first. One that could not even be sent (a bad URL) is its <c>webhook.failed</c> alone.
/// </remarks>
internal static class WebhookCalls
{
    private static readonly string[] SentMembers = ["purpose", "method", "url"];
    private static readonly string[] AnswerMembers = ["status", "error_code", "error_message"];

    public static Task<ControlAnswer?> ListAsync(ControlRequest request)
    {
        var after = request.QueryNumber("after")!.Value;
        var limit = request.Limit;
        var match = new JournalMatch { Kind = "webhook.*", Subject = request.Query("subject"), Account = request.Query("account") };
        if (request.Query("purpose") is { } purpose && Stranger(request, purpose) is { } unknown)
        {
            throw ControlRequest.Bad("purpose", unknown);
        }
        var filter = new WebhookFilter(request.Query("url"), request.Query("purpose"), request.Query("outcome"));
        var webhooks = filter.IsEmpty
            ? Collect(request.World.Journal.After(after, match.Selection).Where(match.IsMetBy), limit)
            : [
                .. Collect(request.World.Journal.After(after, match.Selection).Where(match.IsMetBy), int.MaxValue)
                    .Where(filter.Takes).Take(limit)];
        return Task.FromResult<ControlAnswer?>(ControlAnswer.Ok(json =>
        {
            json.WriteStartArray("webhooks");
            foreach (var webhook in webhooks) webhook.Write(json, isWhole: false);
            json.WriteEndArray();
            json.WriteNumber("next_after", webhooks.Count == 0 ? after : webhooks[^1].Sent.Seq);
        }));
    }

    public static Task<ControlAnswer?> GetAsync(ControlRequest request)
    {
        var id = IdOf(request);
        var webhook = Find(request.World.Journal, id);
        return Task.FromResult<ControlAnswer?>(webhook is null ? NoSuchWebhook(id) : ControlAnswer.Ok(json =>
        {
            webhook.WriteMembers(json, isWhole: true);
            WebhookVerdict.Write(json, webhook.Sent, webhook.Outcome, AlertsOf(request.World.Journal, webhook));
        }));
    }

    public static async Task<ControlAnswer?> ReplayAsync(ControlRequest request)
    {
        var id = IdOf(request);
        var edit = await request.BodyAsync(ReadEdit);
        var again = await request.ProcedureAsync(async () =>
            await request.House.ReplayWebhookAsync(id, edit, request.Cancellation) is { } outcome
                && request.World.Journal.Find(outcome) is { } entry
                ? Find(request.World.Journal, entry.Cause) ?? new Webhook(entry, entry)
                : null);
        return again is null ? NoSuchWebhook(id) : ControlAnswer.Json(201, json => again.WriteMembers(json, isWhole: true));
    }

    /// <summary>
    /// <c>{"url"?, "parameters"?: {"Body": "..."}}</c>; parameters are all of them, and a list of texts is one name many times.
    /// </summary>
    private static WebhookEdit? ReadEdit(Fields body)
    {
        var url = body.Text("url", Words.Url);
        if (body.Mapping("parameters") is not { } given) return url is null ? null : new WebhookEdit(url, null);
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var (_, name, value) in given.Source.Members)
        {
            if (value is Node.Sequence) parameters.AddRange(given.Texts(name).Select(t => KeyValuePair.Create(name, t)));
            else parameters.Add(KeyValuePair.Create(name, given.Text(name) ?? ""));
        }
        given.End();
        return new WebhookEdit(url, parameters);
    }

    private static List<Entry> AlertsOf(WorldJournal journal, Webhook webhook) => webhook.Outcome is { } outcome
        ? [.. journal.After(outcome.Seq, new Selection(Kind: "alert", Account: outcome.Account)).Where(e => e.Cause == outcome.Seq)]
        : [];

    private static List<Webhook> Collect(IEnumerable<Entry> entries, int limit)
    {
        var webhooks = new List<Webhook>();
        var open = new Dictionary<long, int>();
        foreach (var entry in entries)
        {
            if (entry.Kind == "webhook.sent")
            {
                if (webhooks.Count == limit) continue;
                open[entry.Seq] = webhooks.Count;
                webhooks.Add(new Webhook(entry, null));
            }
            else if (open.Remove(entry.Cause, out var index))
            {
                webhooks[index] = webhooks[index] with { Outcome = entry };
            }
            else if (IsAlone(entry) && webhooks.Count < limit)
            {
                webhooks.Add(new Webhook(entry, entry));
            }
            if (webhooks.Count == limit && open.Count == 0) break;
        }
        return webhooks;
    }

    private static Webhook? Find(WorldJournal journal, long id) => journal.Find(id) switch
    {
        { Kind: "webhook.sent" } sent => new Webhook(
            sent,
            journal.After(id, new Selection(Subject: sent.Subject))
                .FirstOrDefault(e => e.Cause == id && e.Kind is "webhook.answered" or "webhook.failed")),
        { } alone when IsAlone(alone) => new Webhook(alone, alone),
        _ => null,
    };

    // Only a webhook that could not be sent says its purpose when it fails.
    private static bool IsAlone(Entry entry) => entry is { Kind: "webhook.failed", Data: Facts facts } && facts["purpose"] is not null;

    /// <summary>What is wrong with a word that is no purpose of webhooks; null for one.</summary>
    internal static string? Stranger(ControlRequest request, string word)
    {
        var known = request.House.WebhookPurposes;
        return known.Contains(word)
            ? null
            : $"the app is asked for no such purpose as \"{word}\"{Spelling.Hint(word, known)}; purposes are {string.Join(", ", known)}";
    }

    internal static long IdOf(ControlRequest request) =>
        long.TryParse(request.Value("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw ControlRequest.Bad("id", $"the id of a webhook is a number, not \"{request.Value("id")}\"");

    internal static ControlAnswer NoSuchWebhook(long id) => ControlAnswer.Problem(404, $"the journal holds no webhook {id} (any more)");

    /// <summary>What of a list is wanted.</summary>
    /// <param name="Url">As shown; a star at its end takes all that begin so.</param>
    /// <param name="Purpose"><c>sms</c>, <c>voice</c>, <c>action</c>, <c>status-callback</c>...</param>
    /// <param name="Outcome"><c>answered</c>, <c>failed</c>, <c>in-flight</c>.</param>
    private sealed record WebhookFilter(string? Url, string? Purpose, string? Outcome)
    {
        public bool IsEmpty => Url is null && Purpose is null && Outcome is null;

        public bool Takes(Webhook webhook)
        {
            if (Outcome is not null && webhook.Word != Outcome) return false;
            if (Url is null && Purpose is null) return true;
            var data = JournalLine.Of(webhook.Sent).Data;
            return (Purpose is null || Text(data, "purpose") == Purpose)
                && (Url is null
                    || (Url.EndsWith('*')
                        ? Text(data, "url")?.StartsWith(Url[..^1], StringComparison.Ordinal) == true
                        : Text(data, "url") == Url));
        }

        private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private sealed record Webhook(Entry Sent, Entry? Outcome)
    {
        public string Word => Outcome is null ? "in-flight" : Outcome.Kind["webhook.".Length..];

        public void Write(Utf8JsonWriter json, bool isWhole)
        {
            json.WriteStartObject();
            WriteMembers(json, isWhole);
            json.WriteEndObject();
        }

        public void WriteMembers(Utf8JsonWriter json, bool isWhole)
        {
            json.WriteNumber("id", Sent.Seq);
            json.WriteString("at", Sent.At.UtcDateTime);
            json.WriteString("account", Sent.Account.Value);
            json.WriteString("subject", Sent.Subject);
            json.WriteNumber("cause", Sent.Cause);
            json.WriteString("outcome", Word);
            json.WritePropertyName("request");
            Write(json, JournalLine.Of(Sent).Data, isWhole ? null : SentMembers);
            json.WritePropertyName("answer");
            if (Outcome is null)
            {
                json.WriteNullValue();
                return;
            }
            Write(json, JournalLine.Of(Outcome).Data, isWhole ? null : AnswerMembers);
            json.WriteString("answered_at", Outcome.At.UtcDateTime);
        }

        private static void Write(Utf8JsonWriter json, JsonElement data, string[]? members)
        {
            json.WriteStartObject();
            foreach (var member in data.EnumerateObject().Where(m => members is null || members.Contains(m.Name))) member.WriteTo(json);
            json.WriteEndObject();
        }
    }
}
