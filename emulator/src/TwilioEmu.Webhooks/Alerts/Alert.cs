using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Alerts;

/// <summary>Data of an <c>alert</c> entry: what Twilio's debugger would tell the developer.</summary>
/// <remarks>
/// The one shape of all alerts, whoever raises them. Requests and answers are not repeated here: they are in the entries the alert
/// follows from, where <see cref="WebhookTrace"/> finds them.
/// </remarks>
public sealed record Alert : IEntryData
{
    /// <summary>The kind of their entries.</summary>
    public static readonly EntryKind Kind = new(
        "alert", "what Twilio's debugger tells the developer", "code", "level", "message", "more_info", "url", "method", "purpose");

    /// <summary>Twilio's error code (twilio.com/docs/api/errors).</summary>
    public required int Code { get; init; }

    public AlertLevel Level { get; init; } = AlertLevel.Error;

    /// <summary>What was seen and what was wanted.</summary>
    public required string Message { get; init; }

    /// <summary>The URL of the app it is about; null for none.</summary>
    public string? Url { get; init; }

    /// <summary>How the URL was asked for; null for none.</summary>
    public string? Method { get; init; }

    /// <summary>Why the URL was asked for; null for none.</summary>
    public WebhookPurpose? Purpose { get; init; }

    /// <summary>What the app answered; null where it did not, or the alert is about something else.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Where the code is explained.</summary>
    public string MoreInfo => $"https://www.twilio.com/docs/errors/{Code}";

    /// <summary>Raises it.</summary>
    /// <param name="journal">Where.</param>
    /// <param name="account">Whose debugger hears of it.</param>
    /// <param name="subject">SID of the call or message it is about.</param>
    /// <param name="cause">Seq of the entry it follows from: the exchange with the app, where there was one.</param>
    public Entry Raise(WorldJournal journal, AccountSid account, string subject, long cause) =>
        journal.Write(account, Kind, subject, cause, this);

    /// <inheritdoc/>
    public int Weight => 2 * (Message.Length + (Url?.Length ?? 0));

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("code", Code);
        json.WriteString("level", Level.Word());
        json.WriteString("message", Message);
        json.WriteString("more_info", MoreInfo);
        json.WriteString("url", Url);
        json.WriteString("method", Method);
        json.WriteString("purpose", Purpose?.Word);
    }
}
