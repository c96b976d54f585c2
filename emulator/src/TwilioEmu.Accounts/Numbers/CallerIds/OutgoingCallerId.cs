using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Numbers.CallerIds;

/// <summary>A number of somebody else's that an account may show when it calls, because its owner said so.</summary>
/// <remarks>twilio.com/docs/voice/api/outgoing-caller-ids.</remarks>
internal sealed record OutgoingCallerId(
    string Sid, AccountSid Account, string Number, string FriendlyName, DateTimeOffset DateCreated,
    DateTimeOffset DateUpdated) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<OutgoingCallerId> Form = new("outgoing_caller_id", static (r, m) => new OutgoingCallerId(
        m.Text("sid", r?.Sid), m.Account("account_sid", r?.Account), m.Text("phone_number", r?.Number),
        m.Text("friendly_name", r?.FriendlyName), m.Instant("date_created", r?.DateCreated),
        m.Instant("date_updated", r?.DateUpdated)));

    public static readonly TableKey<OutgoingCallerId> Table = new("outgoing_caller_ids", Form);

    public string Key => Sid;

    public bool IsSettled => false;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("phone_number", Number);
        json.WriteString("friendly_name", FriendlyName);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "phone_number": to.Write(Number); break;
            case "friendly_name": to.Write(FriendlyName); break;
            case "date_created": to.Write(DateCreated); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "uri": to.Write($"/2010-04-01/Accounts/{Account}/OutgoingCallerIds/{Sid}.json"); break;
        }
    }
}
