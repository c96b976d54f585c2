using TwilioEmu.Accounts.Numbers.Inventory;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>
/// A number as IncomingPhoneNumber and as ShortCode show it (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource).
/// </summary>
internal static class PhoneNumberFace
{
    public static void WriteProperty(PhoneNumber number, string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(number.Sid); break;
            case "account_sid": to.Write(number.Account.Value); break;
            case "phone_number" or "short_code": to.Write(number.Number); break;
            case "friendly_name": to.Write(number.FriendlyName); break;
            case "date_created": to.Write(number.DateCreated); break;
            case "date_updated": to.Write(number.DateUpdated); break;
            case "api_version": to.Write(number.ApiVersion); break;
            case "address_requirements": to.Write(number.Address.Wire()); break;
            case "address_sid": to.Write(number.AddressSid); break;
            case "beta": to.Write(false); break;
            case "bundle_sid": to.Write(number.BundleSid); break;
            case "capabilities": WriteCapabilities(number.Capabilities, to, withUpperCase: false); break;
            case "emergency_status": to.Write(number.IsEmergencyActive ? "Active" : "Inactive"); break;
            case "emergency_address_sid": to.Write(number.EmergencyAddressSid); break;
            case "emergency_address_status": to.Write(number.EmergencyAddressSid is null ? "unregistered" : "registered"); break;
            case "identity_sid": to.Write(number.IdentitySid); break;
            case "origin": to.Write("twilio"); break;
            case "sms_application_sid": to.Write(NotEmpty(number.SmsApplicationSid)); break;
            case "sms_fallback_method": to.Write(number.SmsFallbackMethod); break;
            case "sms_fallback_url": to.Write(number.SmsFallbackUrl); break;
            case "sms_method": to.Write(number.SmsMethod); break;
            case "sms_url": to.Write(number.SmsUrl); break;
            case "status": to.Write("in-use"); break;
            case "status_callback": to.Write(number.StatusCallback); break;
            case "status_callback_method": to.Write(number.StatusCallbackMethod); break;
            case "trunk_sid": to.Write(number.TrunkSid); break;
            case "type": to.Write(number.Type); break;
            case "voice_application_sid": to.Write(NotEmpty(number.VoiceApplicationSid)); break;
            case "voice_caller_id_lookup": to.Write(number.VoiceCallerIdLookup); break;
            case "voice_fallback_method": to.Write(number.VoiceFallbackMethod); break;
            case "voice_fallback_url": to.Write(number.VoiceFallbackUrl); break;
            case "voice_method": to.Write(number.VoiceMethod); break;
            case "voice_receive_mode": to.Write(number.VoiceReceiveMode); break;
            case "voice_url": to.Write(number.VoiceUrl); break;
            case "uri": to.Write(PathOf(number) + ".json"); break;
            case "subresource_uris": to.WriteLinks(("assigned_add_ons", PathOf(number) + "/AssignedAddOns.json")); break;
        }
    }

    /// <param name="capabilities">Of the number.</param>
    /// <param name="to">Takes the object.</param>
    /// <param name="withUpperCase">Searches answer with SMS and MMS in capitals as well:
    /// clients read either (twilio.com/docs/phone-numbers/api/availablephonenumber-resource).</param>
    public static void WriteCapabilities(Capabilities capabilities, FaceWriter to, bool withUpperCase)
    {
        var (sms, mms) = (capabilities.HasFlag(Capabilities.Sms), capabilities.HasFlag(Capabilities.Mms));
        to.Json.WriteStartObject();
        to.Json.WriteBoolean("voice", capabilities.HasFlag(Capabilities.Voice));
        if (withUpperCase)
        {
            to.Json.WriteBoolean("SMS", sms);
            to.Json.WriteBoolean("MMS", mms);
        }
        to.Json.WriteBoolean("sms", sms);
        to.Json.WriteBoolean("mms", mms);
        to.Json.WriteBoolean("fax", capabilities.HasFlag(Capabilities.Fax));
        to.Json.WriteEndObject();
    }

    private static string PathOf(PhoneNumber number)
    {
        var list = number.Kind == NumberKind.ShortCode ? "SMS/ShortCodes" : "IncomingPhoneNumbers";
        return $"/2010-04-01/Accounts/{number.Account}/{list}/{number.Sid}";
    }

    // The schema allows a SID or null; the live API says "" (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource).
    private static string? NotEmpty(string? sid) => string.IsNullOrEmpty(sid) ? null : sid;
}
