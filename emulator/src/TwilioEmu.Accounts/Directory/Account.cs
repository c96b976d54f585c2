using System.Text.Json;
using TwilioEmu.Accounts.Tokens;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Directory;

/// <summary>An account or subaccount.</summary>
/// <param name="Sid">AC and 32 hex digits.</param>
/// <param name="AuthToken">The primary token: opens REST and signs webhooks.</param>
/// <param name="FriendlyName">Up to 64 characters.</param>
/// <param name="Owner">Itself, or the parent of a subaccount.</param>
/// <param name="DateCreated">When.</param>
public sealed record Account(
    AccountSid Sid, string AuthToken, string FriendlyName, AccountSid Owner, DateTimeOffset DateCreated) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Account> Form = new("account", static (r, m) => new Account(
        m.Account("sid", r?.Sid), m.Text("auth_token", r?.AuthToken), m.Text("friendly_name", r?.FriendlyName),
        m.Account("owner_account_sid", r?.Owner), m.Instant("date_created", r?.DateCreated))
    {
        Status = m.Word("status", r?.Status, AccountStatuses.Words),
        IsSuspendedByTwilio = m.Flag("suspended_by_twilio", r?.IsSuspendedByTwilio),
        SecondaryToken = m.PartOrNull("secondary_token", r?.SecondaryToken, SecondaryToken.Walk),
        IsTrial = m.Flag("trial", r?.IsTrial),
        IsTest = m.Flag("test", r?.IsTest),
        OpensMedia = m.Flag("opens_media", r?.OpensMedia),
        LacksMms = m.Flag("lacks_mms", r?.LacksMms),
        MessagesPerDay = m.NumberOrNull("messages_per_day", r?.MessagesPerDay),
        VerifyBlocks = m.Texts("verify_blocks", r?.VerifyBlocks),
        VerifyChannelsOff = m.Texts("verify_channels_off", r?.VerifyChannelsOff),
        VerifyRestrictedWords = m.Texts("verify_restricted_words", r?.VerifyRestrictedWords),
        Balance = m.Money("balance", r?.Balance),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
    });

    public AccountStatus Status { get; init; } = AccountStatus.Active;

    /// <summary>True when it was suspended from the start, as if by Twilio: no parent can undo that.</summary>
    public bool IsSuspendedByTwilio { get; init; }

    /// <summary>The second token of a rotation, or null.</summary>
    public SecondaryToken? SecondaryToken { get; init; }

    public bool IsTrial { get; init; }

    /// <summary>True for test credentials: nothing is kept, sent or charged.</summary>
    public bool IsTest { get; init; }

    /// <summary>
    /// True where whoever knows the URL of a medium of its messages may have it, as accounts had it before Basic auth became the rule.
    /// </summary>
    public bool OpensMedia { get; init; }

    /// <summary>True for an account without MMS (twilio.com/docs/api/errors/21622).</summary>
    public bool LacksMms { get; init; }

    /// <summary>Messages it may send a day, where it was told so (63038).</summary>
    public int? MessagesPerDay { get; init; }

    /// <summary>
    /// Countries to which Verify's geo permissions let nothing go, by their ISO codes
    /// (twilio.com/docs/verify/preventing-toll-fraud/verify-geo-permissions; of the console, no operation sets them).
    /// </summary>
    public IReadOnlyList<string> VerifyBlocks { get; init; } = [];

    /// <summary>
    /// Channels that its Verify services have switched off: <c>sms</c>, <c>call</c>, <c>email</c>, <c>whatsapp</c> (of a service's settings
    /// in the console, no operation sets them; twilio.com/docs/api/errors/60223).
    /// </summary>
    public IReadOnlyList<string> VerifyChannelsOff { get; init; } = [];

    /// <summary>
    /// Words that no Verify service may have in its name (twilio.com/docs/api/errors/60248; Twilio's own are not published).
    /// </summary>
    public IReadOnlyList<string> VerifyRestrictedWords { get; init; } = [];

    /// <summary>US dollars it began with.</summary>
    public decimal Balance { get; init; } = AccountSpec.UsualBalance;

    public DateTimeOffset DateUpdated { get; init; } = DateCreated;

    public bool IsSubaccount => Owner != Sid;

    public string Key => Sid.Value;

    // An account stays until the world is reset, closed or not.
    public bool IsSettled => false;

    /// <summary>Who comes in with the account's own token.</summary>
    internal Principal AsPrincipal { get; } = new(Sid, Sid.Value);

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid.Value);
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("status", AccountStatuses.NameOf(Status));
        json.WriteString("owner_account_sid", Owner.Value);
        json.WriteString("auth_token", "(redacted)");
        if (SecondaryToken is not null) json.WriteString("secondary_auth_token", "(redacted)");
    }

    /// <summary>Properties of twilio.com/docs/iam/api/account.</summary>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "auth_token": to.Write(AuthToken); break;
            case "date_created": to.Write(DateCreated); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "friendly_name": to.Write(FriendlyName); break;
            case "owner_account_sid": to.Write(Owner.Value); break;
            case "sid": to.Write(Sid.Value); break;
            case "status": to.Write(AccountStatuses.NameOf(Status)); break;
            case "type": to.Write(IsTrial ? "Trial" : "Full"); break;
            case "uri": to.Write($"/2010-04-01/Accounts/{Sid}.json"); break;
            case "subresource_uris": WriteSubresources(to); break;
        }
    }

    private void WriteSubresources(FaceWriter to)
    {
        to.Json.WriteStartObject();
        foreach (var (name, path) in Subresources) to.Json.WriteString(name, $"/2010-04-01/Accounts/{Sid}/{path}.json");
        to.Json.WriteEndObject();
    }

    private static readonly (string Name, string Path)[] Subresources =
    [
        ("available_phone_numbers", "AvailablePhoneNumbers"), ("calls", "Calls"), ("conferences", "Conferences"),
        ("incoming_phone_numbers", "IncomingPhoneNumbers"), ("notifications", "Notifications"),
        ("outgoing_caller_ids", "OutgoingCallerIds"),
        ("recordings", "Recordings"), ("transcriptions", "Transcriptions"), ("addresses", "Addresses"), ("signing_keys", "SigningKeys"),
        ("connect_apps", "ConnectApps"), ("sip", "SIP"), ("authorized_connect_apps", "AuthorizedConnectApps"), ("usage", "Usage"),
        ("keys", "Keys"), ("applications", "Applications"), ("short_codes", "SMS/ShortCodes"), ("queues", "Queues"),
        ("messages", "Messages"), ("balance", "Balance"),
    ];
}
