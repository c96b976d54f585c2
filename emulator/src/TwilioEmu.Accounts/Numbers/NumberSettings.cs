using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>What buying and updating may set on a number, each with the error for a bad value.</summary>
/// <remarks>twilio.com/docs/phone-numbers/api/incomingphonenumber-resource; codes of twilio.com/docs/api/errors. Pure.</remarks>
internal static class NumberSettings
{
    private const int MaxFriendlyName = 64;

    // Sent empty means set to empty, left out means left as it is (twilio.com/docs/usage/requests-to-twilio).
    private static readonly (string Name, Func<PhoneNumber, string, PhoneNumber> Set)[] Urls =
    [
        ("SmsUrl", static (n, v) => n with { SmsUrl = v }),
        ("SmsFallbackUrl", static (n, v) => n with { SmsFallbackUrl = v }),
        ("VoiceUrl", static (n, v) => n with { VoiceUrl = v }),
        ("VoiceFallbackUrl", static (n, v) => n with { VoiceFallbackUrl = v }),
        ("StatusCallback", static (n, v) => n with { StatusCallback = v }),
    ];

    private static readonly (string Name, Func<PhoneNumber, string, PhoneNumber> Set)[] Methods =
    [
        ("SmsMethod", static (n, v) => n with { SmsMethod = v }),
        ("SmsFallbackMethod", static (n, v) => n with { SmsFallbackMethod = v }),
        ("VoiceMethod", static (n, v) => n with { VoiceMethod = v }),
        ("VoiceFallbackMethod", static (n, v) => n with { VoiceFallbackMethod = v }),
        ("StatusCallbackMethod", static (n, v) => n with { StatusCallbackMethod = v }),
    ];

    private static readonly (string Name, string Prefix, int Code, Func<PhoneNumber, string, PhoneNumber> Set)[] Sids =
    [
        ("SmsApplicationSid", "AP", 21420, static (n, v) => n with { SmsApplicationSid = v }),
        // A trunk and a voice application shut each other out (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource).
        (
            "VoiceApplicationSid", "AP", 21420,
            static (n, v) => n with { VoiceApplicationSid = v, TrunkSid = v.Length > 0 ? null : n.TrunkSid }),
        (
            "TrunkSid", "TK", 20001,
            static (n, v) => n with { TrunkSid = OrNull(v), VoiceApplicationSid = v.Length > 0 ? "" : n.VoiceApplicationSid }),
        ("AddressSid", "AD", 20001, static (n, v) => n with { AddressSid = OrNull(v) }),
        ("BundleSid", "BU", 20001, static (n, v) => n with { BundleSid = OrNull(v) }),
        ("IdentitySid", "RI", 20001, static (n, v) => n with { IdentitySid = OrNull(v) }),
        ("EmergencyAddressSid", "AD", 20001, static (n, v) => n with { EmergencyAddressSid = OrNull(v) }),
    ];

    /// <summary>The number with a form's settings, or the refusal.</summary>
    public static PhoneNumber? Apply(PhoneNumber number, FormValues form, out TwilioError? refusal)
    {
        refusal = null;
        if (form["FriendlyName"] is { } name)
        {
            if (name.Length > MaxFriendlyName) return Refuse(20002, null, out refusal);
            number = number with { FriendlyName = name };
        }
        foreach (var (parameter, set) in Urls)
        {
            if (form[parameter] is not { } value) continue;
            if (value.Length > 0 && !IsWebUrl(value)) return Refuse(21402, $"{parameter} is not a valid URL: {value}", out refusal);
            number = set(number, value);
        }
        foreach (var (parameter, set) in Methods)
        {
            if (form[parameter] is not { } value) continue;
            var method = value.Length == 0 ? "POST" : value.ToUpperInvariant();
            if (method is not ("GET" or "POST")) return Refuse(21403, $"{parameter} is not GET or POST: {value}", out refusal);
            number = set(number, method);
        }
        foreach (var (parameter, prefix, code, set) in Sids)
        {
            if (form[parameter] is not { } value) continue;
            if (value.Length > 0 && !SidMint.IsSid(value, prefix))
            {
                return Refuse(code, $"{parameter} is not accessible: {value}", out refusal);
            }
            number = set(number, value);
        }
        return Words(number, form, ref refusal) is { } done && Agrees(done, form, ref refusal) ? done : null;
    }

    /// <summary>True for an absolute http or https URL.</summary>
    public static bool IsWebUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    private static PhoneNumber? Words(PhoneNumber number, FormValues form, ref TwilioError? refusal)
    {
        if (form["ApiVersion"] is { Length: > 0 } version)
        {
            if (version is not ("2010-04-01" or "2008-08-01"))
            {
                return Refuse(20001, $"Invalid ApiVersion: '{version}' is not 2010-04-01 or 2008-08-01", out refusal);
            }
            number = number with { ApiVersion = version };
        }
        if (form["VoiceReceiveMode"] is { Length: > 0 } mode)
        {
            if (mode is not ("voice" or "fax"))
            {
                return Refuse(20001, $"Invalid VoiceReceiveMode: '{mode}' is not voice or fax", out refusal);
            }
            number = number with { VoiceReceiveMode = mode };
        }
        if (form["VoiceCallerIdLookup"] is { Length: > 0 } lookup)
        {
            if (!bool.TryParse(lookup, out var isOn))
            {
                return Refuse(21409, $"Invalid VoiceCallerIdLookup: '{lookup}' is not true or false", out refusal);
            }
            number = number with { VoiceCallerIdLookup = isOn };
        }
        if (form["EmergencyStatus"] is { Length: > 0 } emergency)
        {
            if (emergency is not ("Active" or "Inactive"))
            {
                return Refuse(20001, $"Invalid EmergencyStatus: '{emergency}' is not Active or Inactive", out refusal);
            }
            number = number with { IsEmergencyActive = emergency == "Active" };
        }
        return number;
    }

    /// <summary>What must hold of the whole.</summary>
    private static bool Agrees(PhoneNumber number, FormValues form, ref TwilioError? refusal)
    {
        refusal =
            number is { SmsFallbackUrl.Length: > 0, SmsUrl.Length: 0 } ? ErrorCodes.Error(21406)
            : number is { VoiceFallbackUrl.Length: > 0, VoiceUrl.Length: 0 } ? ErrorCodes.Error(21405)
            : !number.IsSmsCapable && form["SmsUrl"] is { Length: > 0 } ? ErrorCodes.Error(21407)
            : null;
        return refusal is null;
    }

    private static string? OrNull(string value) => value.Length == 0 ? null : value;

    private static PhoneNumber? Refuse(int code, string? message, out TwilioError? refusal)
    {
        refusal = ErrorCodes.Error(code, message);
        return null;
    }
}
