using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Products.Lookup;

/// <summary>The words for what a number serves (twilio.com/docs/lookup/v2-api/line-type-intelligence).</summary>
internal static class LineTypes
{
    public static IReadOnlyList<string> All { get; } =
    [
        "mobile", "landline", "tollFree", "fixedVoip", "nonFixedVoip", "personal", "premium", "voicemail", "sharedCost", "uan",
        "pager", "unknown",
    ];

    /// <summary>
    /// What the numbering plan says; where it cannot tell fixed from mobile, mobile: the phones of this world receive texts.
    /// </summary>
    public static string Of(LineType line) => line switch
    {
        LineType.FixedLine => "landline",
        LineType.Mobile or LineType.FixedLineOrMobile => "mobile",
        LineType.TollFree => "tollFree",
        LineType.PremiumRate => "premium",
        LineType.SharedCost => "sharedCost",
        LineType.Voip => "nonFixedVoip",
        LineType.PersonalNumber => "personal",
        LineType.Pager => "pager",
        LineType.Uan => "uan",
        LineType.Voicemail => "voicemail",
        _ => "unknown",
    };

    /// <summary>The three words of v1, null for what it has none for (twilio.com/docs/lookup/v1-api).</summary>
    public static string? First(string type) => type switch
    {
        "mobile" => "mobile",
        "landline" => "landline",
        "fixedVoip" or "nonFixedVoip" => "voip",
        _ => null,
    };
}
