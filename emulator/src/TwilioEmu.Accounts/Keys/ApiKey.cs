using System.Text.Json;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Keys;

/// <summary>A key that opens REST in place of the account's token.</summary>
/// <param name="Sid">SK and 32 hex digits.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Secret">Its password.</param>
/// <param name="FriendlyName">Up to 64 characters; null when none was given.</param>
/// <param name="Kind">How far it reaches.</param>
/// <param name="DateCreated">When.</param>
public sealed record ApiKey(
    string Sid, AccountSid Account, string Secret, string? FriendlyName, KeyKind Kind, DateTimeOffset DateCreated) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ApiKey> Form = new("key", static (r, m) => new ApiKey(
        m.Text("sid", r?.Sid), m.Account("account_sid", r?.Account), m.Text("secret", r?.Secret),
        m.TextOrNull("friendly_name", r?.FriendlyName), m.Word("kind", r?.Kind, KeyKinds.Words),
        m.Instant("date_created", r?.DateCreated))
    {
        Policy = m.PartOrNull("policy", r?.Policy, Permissions.Policy.Walk),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
    });

    // twilio.com/docs/iam/api-keys/key-resource-v1.
    internal const int MaxFriendlyName = 64;

    /// <summary>What a restricted key may do; null for the others.</summary>
    public Policy? Policy { get; init; }

    public DateTimeOffset DateUpdated { get; init; } = DateCreated;

    public string Key => Sid;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("type", Kind switch { KeyKind.Main => "main", KeyKind.Restricted => "restricted", _ => "standard" });
        json.WriteString("secret", "(redacted)");
        if (Policy is null) return;
        json.WritePropertyName("policy");
        Policy.Write(json);
    }

    /// <summary>The shape of a create has <c>secret</c>, no other has: it is shown once.</summary>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "friendly_name": to.Write(FriendlyName); break;
            case "date_created": to.Write(DateCreated); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "secret": to.Write(Secret); break;
        }
    }
}
