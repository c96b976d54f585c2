using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.Paying;

/// <summary>A payment session of a call, as REST shows it (twilio.com/docs/voice/api/payment-resource).</summary>
internal sealed record Payment : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Payment> Form = new("payment", static (r, m) => new Payment
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        CallSid = m.Text("call_sid", r?.CallSid),
        DateCreated = m.Instant("date_created", r?.DateCreated),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
        Result = m.TextOrNull("result", r?.Result),
    });

    public static readonly TableKey<Payment> Table = new("payments", Form);

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string CallSid { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public string? Result { get; init; }

    public string Key => Sid;

    public bool IsSettled => Result is not null;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("call_sid", CallSid);
        if (Result is not null) json.WriteString("result", Result);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "call_sid": to.Write(CallSid); break;
            case "date_created": to.Write(DateCreated); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "uri": to.Write($"/2010-04-01/Accounts/{Account}/Calls/{CallSid}/Payments/{Sid}.json"); break;
        }
    }
}
