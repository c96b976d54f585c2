using System.Globalization;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>What a Verify service is set to, read from its stored resource (twilio.com/docs/verify/api/service).</summary>
internal sealed class ServiceSettings(Document service)
{
    public string Sid => service.Key;

    public string FriendlyName => service["friendly_name"] ?? "";

    public int CodeLength =>
        int.TryParse(service["code_length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : ServiceRules.UsualCodeLength;

    public bool LooksUp => Flag("lookup_enabled");

    public bool SkipsLandlines => Flag("skip_sms_to_landlines");

    /// <summary>A key must be pressed before a code is spoken.</summary>
    public bool AsksForKey => Flag("dtmf_input_required");

    public bool IsPsd2 => Flag("psd2_enabled");

    public bool WarnsOfSharing => Flag("do_not_share_warning_enabled");

    public bool TakesCustomCodes => Flag("custom_code_enabled");

    public string? DefaultTemplate => service["default_template_sid"] is { Length: > 0 } sid ? sid : null;

    /// <summary>The app's own WhatsApp sender, <c>whatsapp:+1...</c>; null for Verify's.</summary>
    public string? WhatsAppFrom => Member("whatsapp", "from") is { Length: > 0 } from ? from : null;

    public string TotpIssuer => Member("totp", "issuer") is { Length: > 0 } issuer ? issuer : FriendlyName;

    public int? TotpTimeStep => Number("totp", "time_step");

    public int? TotpCodeLength => Number("totp", "code_length");

    public int? TotpSkew => Number("totp", "skew");

    private bool Flag(string name) => string.Equals(service[name], "true", StringComparison.OrdinalIgnoreCase);

    private int? Number(string of, string name) =>
        int.TryParse(Member(of, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Member(string of, string name)
    {
        if (service[of] is not { Length: > 0 } text) return null;
        using var json = JsonText.Parse(text);
        return JsonText.Member(json.RootElement, name);
    }
}
