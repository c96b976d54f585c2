using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Verify.Verifications;

/// <summary>A verification as it is at one instant: who is to prove what, and how far that is.</summary>
internal sealed record Verification : IRecord, IFace, IBillable
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Verification> Form = new("verification", static (r, m) => new Verification
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        ServiceSid = m.Text("service_sid", r?.ServiceSid),
        To = m.Text("to", r?.To),
        Channel = m.Text("channel", r?.Channel),
        Code = m.Text("code", r?.Code),
        Created = m.Instant("date_created", r?.Created),
        Expires = m.Instant("date_expires", r?.Expires),
        Updated = m.Instant("date_updated", r?.Updated),
        Status = m.Word("status", r?.Status, VerificationStatuses.Words),
        Amount = m.TextOrNull("amount", r?.Amount),
        Payee = m.TextOrNull("payee", r?.Payee),
        Lookup = m.TextOrNull("lookup", r?.Lookup),
        Sends = [.. m.List<SendAttempt>("send_code_attempts", r?.Sends, SendAttempt.Walk)],
        CheckCount = m.Number("check_count", r?.CheckCount),
    });

    public static readonly TableKey<Verification> Table = new("verifications", Form);

    /// <summary>twilio.com/en-us/verify/pricing: per successful verification, beside the channel.</summary>
    public const decimal PriceOfSuccess = 0.05m;

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string ServiceSid { get; init; }

    /// <summary>E.164, or an e-mail address.</summary>
    public required string To { get; init; }

    /// <summary>The one used last.</summary>
    public required string Channel { get; init; }

    public required string Code { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public VerificationStatus Status { get; init; } = VerificationStatus.Pending;

    public string? Amount { get; init; }

    public string? Payee { get; init; }

    /// <summary>The carrier as a JSON object; null where nobody looked.</summary>
    public string? Lookup { get; init; }

    public ImmutableArray<SendAttempt> Sends { get; init; } = [];

    /// <summary>How many wrong codes were given.</summary>
    public int CheckCount { get; init; }

    string IRecord.Key => Sid;

    /// <summary>One per service and address while it is open.</summary>
    public string? Alias => Status.IsOpen() ? AliasOf(ServiceSid, To) : null;

    public bool IsSettled => !Status.IsOpen();

    public static string AliasOf(string serviceSid, string to) => $"{serviceSid} {to}";

    /// <inheritdoc/>
    public Charge? ChargeFor(string kind) =>
        kind == VerifyEntries.Approved.Name ? new Charge("authy-authentications", 1, 1, PriceOfSuccess) : null;

    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "service_sid": to.Write(ServiceSid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "to": to.Write(To); break;
            case "channel": to.Write(Channel); break;
            case "status": to.Write(Status.Word()); break;
            case "valid": to.Write(Status == VerificationStatus.Approved); break;
            case "amount": to.Write(Amount); break;
            case "payee": to.Write(Payee); break;
            case "date_created": to.Write(Created); break;
            case "date_updated": to.Write(Updated); break;
            case "lookup": to.Json.WriteRawValue(Lookup ?? "{}"); break;
            case "send_code_attempts": WriteSends(to.Json); break;
            case "sna_attempts_error_codes":
                to.Json.WriteStartArray();
                to.Json.WriteEndArray();
                break;
            case "url": to.Write($"{to.BaseUrl}/v2/Services/{ServiceSid}/Verifications/{Sid}"); break;
        }
    }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("service_sid", ServiceSid);
        json.WriteString("to", To);
        json.WriteString("channel", Channel);
        json.WriteString("status", Status.Word());
        json.WriteString("code", Code);
        json.WriteNumber("sends", Sends.Length);
        json.WriteNumber("checks", CheckCount);
        if (Amount is not null) json.WriteString("amount", Amount);
        if (Payee is not null) json.WriteString("payee", Payee);
    }

    private void WriteSends(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var send in Sends)
        {
            json.WriteStartObject();
            json.WriteString("time", send.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("channel", send.Channel);
            json.WriteString("attempt_sid", send.AttemptSid);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

/// <summary>One time that a verification's code was sent.</summary>
internal sealed record SendAttempt(DateTimeOffset At, string Channel, string AttemptSid)
{
    internal static SendAttempt Walk(SendAttempt? r, Members m) =>
        new(m.Instant("time", r?.At), m.Text("channel", r?.Channel), m.Text("attempt_sid", r?.AttemptSid));
}
