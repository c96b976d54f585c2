namespace TwilioEmu.Accounts.Numbers.Plans;

/// <summary>What a number's digits say it serves, in the words of Google's libphonenumber.</summary>
public enum LineType
{
    Unknown,
    FixedLine,
    Mobile,

    /// <summary>Plans that do not tell the two apart, as North America's.</summary>
    FixedLineOrMobile,
    TollFree,
    PremiumRate,
    SharedCost,
    Voip,
    PersonalNumber,
    Pager,

    /// <summary>Universal access: one number for a company with many lines.</summary>
    Uan,
    Voicemail,
}
