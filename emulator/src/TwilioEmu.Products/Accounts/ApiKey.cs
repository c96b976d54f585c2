using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Accounts;

/// <summary>A key that opens REST in place of the account's token.</summary>
/// <param name="Sid">SK and 32 hex digits.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Secret">Its password.</param>
/// <param name="FriendlyName">Up to 64 characters.</param>
/// <param name="IsMain">A main key does all that the token does; a standard one is kept from accounts and keys (twilio.com/docs/usage/requests-to-twilio).</param>
/// <param name="DateCreated">When.</param>
public sealed record ApiKey(string Sid, AccountSid Account, string Secret, string FriendlyName, bool IsMain, DateTimeOffset DateCreated) : IRecord, IFace
{
    public DateTimeOffset DateUpdated { get; init; } = DateCreated;

    public string Key => Sid;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("secret", "(redacted)");
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
