using System.Text.Json;
using TwilioEmu.Accounts.Numbers.Inventory;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>A number or short code that an account owns, and what happens when somebody texts or dials it.</summary>
/// <param name="Sid">PN, or SC for a short code, and 32 hex digits.</param>
/// <param name="Account">The owner.</param>
/// <param name="Number">E.164, or the digits of a short code.</param>
/// <param name="Kind">What kind of sender it is.</param>
/// <param name="FriendlyName">Up to 64 characters.</param>
/// <param name="DateCreated">When it came to the owner.</param>
/// <remarks>
/// Properties of IncomingPhoneNumber and ShortCode (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource).
/// URLs are empty, never null, when unset.
/// </remarks>
public sealed record PhoneNumber(
    string Sid, AccountSid Account, string Number, NumberKind Kind, string FriendlyName, DateTimeOffset DateCreated) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<PhoneNumber> Form = new("phone_number", static (r, m) => new PhoneNumber(
        m.Text("sid", r?.Sid), m.Account("account_sid", r?.Account), m.Text("phone_number", r?.Number),
        m.Word("kind", r?.Kind, NumberKinds.Words), m.Text("friendly_name", r?.FriendlyName), m.Instant("date_created", r?.DateCreated))
    {
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
        Type = m.Text("type", r?.Type),
        Capabilities = (Capabilities)m.Number("capabilities", (int?)r?.Capabilities),
        Address = m.Word("address_requirements", r?.Address, AddressRequirements.Words),
        ApiVersion = m.Text("api_version", r?.ApiVersion),
        SmsUrl = m.Text("sms_url", r?.SmsUrl),
        SmsMethod = m.Text("sms_method", r?.SmsMethod),
        SmsFallbackUrl = m.Text("sms_fallback_url", r?.SmsFallbackUrl),
        SmsFallbackMethod = m.Text("sms_fallback_method", r?.SmsFallbackMethod),
        SmsApplicationSid = m.Text("sms_application_sid", r?.SmsApplicationSid),
        VoiceUrl = m.Text("voice_url", r?.VoiceUrl),
        VoiceMethod = m.Text("voice_method", r?.VoiceMethod),
        VoiceFallbackUrl = m.Text("voice_fallback_url", r?.VoiceFallbackUrl),
        VoiceFallbackMethod = m.Text("voice_fallback_method", r?.VoiceFallbackMethod),
        VoiceApplicationSid = m.Text("voice_application_sid", r?.VoiceApplicationSid),
        VoiceCallerIdLookup = m.Flag("voice_caller_id_lookup", r?.VoiceCallerIdLookup),
        VoiceReceiveMode = m.Text("voice_receive_mode", r?.VoiceReceiveMode),
        StatusCallback = m.Text("status_callback", r?.StatusCallback),
        StatusCallbackMethod = m.Text("status_callback_method", r?.StatusCallbackMethod),
        TrunkSid = m.TextOrNull("trunk_sid", r?.TrunkSid),
        AddressSid = m.TextOrNull("address_sid", r?.AddressSid),
        BundleSid = m.TextOrNull("bundle_sid", r?.BundleSid),
        IdentitySid = m.TextOrNull("identity_sid", r?.IdentitySid),
        IsEmergencyActive = m.Flag("emergency_active", r?.IsEmergencyActive),
        EmergencyAddressSid = m.TextOrNull("emergency_address_sid", r?.EmergencyAddressSid),
        MessagesPerSecond = m.FractionOrNull("messages_per_second", r?.MessagesPerSecond),
        ToldCountry = m.TextOrNull("country", r?.ToldCountry),
    });

    public DateTimeOffset DateUpdated { get; init; } = DateCreated;

    /// <summary><c>local</c>, <c>mobile</c>, <c>tollfree</c> or <c>national</c>.</summary>
    public string Type { get; init; } = "local";

    public Capabilities Capabilities { get; init; } = Capabilities.All;

    /// <summary>What address its country asks of an owner.</summary>
    internal AddressRequirement Address { get; init; }

    public string ApiVersion { get; init; } = "2010-04-01";

    public string SmsUrl { get; init; } = "";

    public string SmsMethod { get; init; } = "POST";

    public string SmsFallbackUrl { get; init; } = "";

    public string SmsFallbackMethod { get; init; } = "POST";

    public string SmsApplicationSid { get; init; } = "";

    public string VoiceUrl { get; init; } = "";

    public string VoiceMethod { get; init; } = "POST";

    public string VoiceFallbackUrl { get; init; } = "";

    public string VoiceFallbackMethod { get; init; } = "POST";

    public string VoiceApplicationSid { get; init; } = "";

    public bool VoiceCallerIdLookup { get; init; }

    public string VoiceReceiveMode { get; init; } = "voice";

    public string StatusCallback { get; init; } = "";

    public string StatusCallbackMethod { get; init; } = "POST";

    public string? TrunkSid { get; init; }

    public string? AddressSid { get; init; }

    public string? BundleSid { get; init; }

    public string? IdentitySid { get; init; }

    public bool IsEmergencyActive { get; init; } = true;

    public string? EmergencyAddressSid { get; init; }

    /// <summary>Segments per second it may send; null for its kind's rate.</summary>
    public double? MessagesPerSecond { get; init; }

    /// <summary>Two letters: where a short code was told to be; null for one that was told nothing, and for numbers.</summary>
    public string? ToldCountry { get; init; }

    /// <summary>Where it is: a short code of the United States unless it was told.</summary>
    public string Country => ToldCountry ?? NumberPlace.Of(Number).Country;

    /// <summary>False for a short code and somebody in another country (twilio.com/docs/api/errors/21659).</summary>
    /// <param name="to">E.164.</param>
    public bool Serves(string to) =>
        Kind != NumberKind.ShortCode
        || (NumberPlace.Of(to) is var there && (there.Country == Country || (Country == "US" && there.IsOfUnitedStates)));

    public bool IsSmsCapable => Capabilities.HasFlag(Capabilities.Sms);

    public bool IsMmsCapable => Capabilities.HasFlag(Capabilities.Mms);

    public bool IsVoiceCapable => Capabilities.HasFlag(Capabilities.Voice);

    public string Key => Sid;

    public DateTimeOffset? Since => DateCreated;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("number", Number);
        json.WriteString(
            "type", Kind switch { NumberKind.ShortCode => "short-code", NumberKind.TollFree => "toll-free", _ => "long-code" });
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("sms_url", SmsUrl);
        json.WriteString("voice_url", VoiceUrl);
        if (MessagesPerSecond is { } rate) json.WriteNumber("messages_per_second", rate);
    }

    public void WriteProperty(string property, FaceWriter to) => PhoneNumberFace.WriteProperty(this, property, to);
}

/// <summary>What a number can carry.</summary>
[Flags]
public enum Capabilities
{
    None = 0,
    Voice = 1,
    Sms = 2,
    Mms = 4,
    Fax = 8,
    All = Voice | Sms | Mms,
}
