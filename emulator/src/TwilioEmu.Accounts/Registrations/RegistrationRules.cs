namespace TwilioEmu.Accounts.Registrations;

/// <summary>
/// What becomes of brands, campaigns and toll-free verifications in a world:
/// those who look into them answer at once in earnest only after weeks.
/// </summary>
public sealed record RegistrationRules
{
    /// <summary>
    /// True refuses what carriers refuse: texts of unregistered numbers (30034)
    /// and of unverified toll-free ones (30032) to the United States.
    /// </summary>
    public bool IsRequired { get; init; }

    /// <summary>How long each step takes.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>False fails them all.</summary>
    public bool Approves { get; init; } = true;

    /// <summary>The trust score of brands, 1 to 100.</summary>
    public int BrandScore { get; init; } = 75;

    /// <summary>Why they fail; null for each kind's usual code.</summary>
    public int? ErrorCode { get; init; }
}
