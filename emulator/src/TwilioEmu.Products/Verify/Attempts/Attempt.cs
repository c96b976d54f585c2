using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Verify.Attempts;

/// <summary>One sending of a code, as the Attempts resource shows it (twilio.com/docs/verify/api/list-verification-attempts).</summary>
internal sealed record Attempt : IRecord, IFace, IBillable
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Attempt> Form = new("verification_attempt", static (r, m) => new Attempt
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        ServiceSid = m.Text("service_sid", r?.ServiceSid),
        VerificationSid = m.Text("verification_sid", r?.VerificationSid),
        To = m.Text("to", r?.To),
        Channel = m.Text("channel", r?.Channel),
        Country = m.TextOrNull("country", r?.Country),
        CodeLength = m.Number("code_length", r?.CodeLength),
        Locale = m.Text("locale", r?.Locale),
        Created = m.Instant("date_created", r?.Created),
        Updated = m.Instant("date_updated", r?.Updated),
        IsConverted = m.Flag("converted", r?.IsConverted),
        DeliveryStatus = m.Text("delivery_status", r?.DeliveryStatus),
        ErrorCode = m.Number("error_code", r?.ErrorCode),
        Price = m.MoneyOrNull("price", r?.Price),
    });

    public static readonly TableKey<Attempt> Table = new("verification_attempts", Form);

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string ServiceSid { get; init; }

    public required string VerificationSid { get; init; }

    public required string To { get; init; }

    public required string Channel { get; init; }

    /// <summary>ISO 3166 code; null for an e-mail address.</summary>
    public string? Country { get; init; }

    public required int CodeLength { get; init; }

    public required string Locale { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public bool IsConverted { get; init; }

    /// <summary>As messages and calls spell theirs.</summary>
    public string DeliveryStatus { get; init; } = "queued";

    public int ErrorCode { get; init; }

    /// <summary>US dollars, once it has left.</summary>
    public decimal? Price { get; init; }

    string IRecord.Key => Sid;

    public bool IsSettled => true;

    /// <inheritdoc/>
    /// <remarks>Charged once, when it was made: the channel's own price (twilio.com/en-us/verify/pricing).</remarks>
    public Charge? ChargeFor(string kind) => kind != VerifyEntries.AttemptMade.Name || Price is not { } price ? null
        : Channel switch
        {
            "call" => new Charge("authy-calls-outbound", 1, 1, price),
            "sms" => new Charge("authy-sms-outbound", 1, 1, price),
            "whatsapp" => new Charge("verify-whatsapp-conversations-business-initiated", 1, 1, price),
            _ => null,
        };

    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "service_sid": to.Write(ServiceSid); break;
            case "verification_sid": to.Write(VerificationSid); break;
            case "date_created": to.Write(Created); break;
            case "date_updated": to.Write(Updated); break;
            case "conversion_status": to.Write(IsConverted ? "converted" : "unconverted"); break;
            case "channel": to.Write(Channel); break;
            case "price":
                to.Json.WriteStartObject();
                to.Json.WriteString("value", Price?.ToString(CultureInfo.InvariantCulture));
                to.Json.WriteString("currency", "usd");
                to.Json.WriteEndObject();
                break;
            case "channel_data": WriteChannelData(to.Json); break;
            case "url": to.Write($"{to.BaseUrl}/v2/Attempts/{Sid}"); break;
        }
    }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("verification_sid", VerificationSid);
        json.WriteString("to", To);
        json.WriteString("channel", Channel);
        json.WriteString("status", DeliveryStatus);
        if (ErrorCode != 0) json.WriteNumber("error_code", ErrorCode);
        json.WriteString("conversion_status", IsConverted ? "converted" : "unconverted");
    }

    private void WriteChannelData(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("verification_sid", VerificationSid);
        json.WriteString("to", To);
        json.WriteString("status", IsConverted ? "confirmed" : "unconfirmed");
        json.WriteString(Channel == "call" ? "call_status" : "message_status", DeliveryStatus);
        if (ErrorCode != 0) json.WriteString("error_code", ErrorCode.ToString(CultureInfo.InvariantCulture));
        json.WriteString("country", Country);
        json.WriteNumber("code_length", CodeLength);
        json.WriteString("locale", Locale);
        json.WriteEndObject();
    }
}
