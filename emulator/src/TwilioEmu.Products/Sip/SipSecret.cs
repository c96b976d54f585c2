using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Sip;

/// <summary>What is kept of a credential's password: its hash, which no answer and no entry shows.</summary>
/// <param name="Key">The credential's SID.</param>
/// <param name="ListSid">Its list.</param>
/// <param name="Username">As it was given.</param>
/// <param name="Hash">MD5 of user, realm and password.</param>
internal sealed record SipSecret(string Key, string ListSid, string Username, string Hash) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<SipSecret> Form = new("sip_secret", static (r, m) => new SipSecret(
        m.Text("id", r?.Key), m.Text("credential_list_sid", r?.ListSid), m.Text("username", r?.Username), m.Text("hash", r?.Hash)));

    public static readonly TableKey<SipSecret> Table = new("sip_secrets", Form);

    /// <inheritdoc/>
    public string? Alias => AliasOf(ListSid, Username);

    public bool IsSettled => false;

    /// <summary>By which a registrar finds it among thousands: a user name is in its list once.</summary>
    public static string AliasOf(string list, string username) => $"{list}/{username}";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("credential_list_sid", ListSid);
        json.WriteString("username", Username);
    }

    public override string ToString() => $"secret of {Username}";
}

/// <summary>What becomes of SIP domains and credentials beside their being kept.</summary>
public static class SipDomainEntries
{
    public static readonly EntryKind SecretKept = new(
        "sip_secret.kept", "the password of a SIP credential was set", "credential_list_sid", "username");
    public static readonly EntryKind SecretDropped = new(
        "sip_secret.dropped", "a SIP credential is gone, and its password with it", "credential_list_sid", "username");

    public static readonly EntryKind AuthChanged = new(
        "sip.auth_changed", "other lists are mapped to a SIP domain: auth_type tells which kinds",
        "account_sid", "api_version", "auth_type", "byoc_trunk_sid", "date_created", "date_updated", "domain_name", "emergency_caller_sid",
        "emergency_calling_enabled",
        "friendly_name", "secure", "sid", "sip_registration", "subresource_uris", "uri", "voice_fallback_method",
        "voice_fallback_url", "voice_method",
        "voice_status_callback_method", "voice_status_callback_url", "voice_url");

    public static IReadOnlyList<EntryKind> All { get; } = [SecretKept, SecretDropped, AuthChanged];
}
