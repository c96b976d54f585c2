using System.Text.Json;

namespace TwilioEmu;

/// <summary>One request made to the app, and what came of it.</summary>
/// <param name="Id">Its place in the journal.</param>
/// <param name="At">World time, UTC.</param>
/// <param name="Account">Whose.</param>
/// <param name="Subject">SID of the message or call it is about.</param>
/// <param name="Cause">Journal entry it follows from.</param>
/// <param name="Outcome"><c>in-flight</c>, <c>answered</c> or <c>failed</c>.</param>
/// <param name="Request">
/// In lists <c>purpose</c>, <c>method</c>, <c>url</c>; from
/// <see cref="EmulatorClient.WebhookAsync"/> also headers, parameters and signed bytes.
/// </param>
/// <param name="Answer">In lists <c>status</c>, <c>error_code</c>, <c>error_message</c>; null while in flight.</param>
/// <param name="AnsweredAt">World time, UTC; null while in flight.</param>
public sealed record Webhook(
    long Id, DateTimeOffset At, string Account, string Subject, long Cause, string Outcome, JsonElement Request, JsonElement? Answer = null,
    DateTimeOffset? AnsweredAt = null)
{
    /// <summary>Where it went, query included.</summary>
    public string? Url => Text(Request, "url");

    /// <summary>What for: <c>sms</c>, <c>voice</c>, a status callback.</summary>
    public string? Purpose => Text(Request, "purpose");

    /// <summary>The app's status, or null when it gave none.</summary>
    public int? Status =>
        Answer is { ValueKind: JsonValueKind.Object } answer && answer.TryGetProperty("status", out var status)
            && status.TryGetInt32(out var number)
            ? number
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>A page of webhooks, oldest first.</summary>
/// <param name="Webhooks">They.</param>
/// <param name="NextAfter">Ask with this as <c>after</c> for what comes next.</param>
public sealed record WebhookPage(IReadOnlyList<Webhook> Webhooks, long NextAfter);
