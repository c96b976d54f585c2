namespace TwilioEmu.Accounts.Billing;

/// <summary>What one event cost an account.</summary>
/// <param name="Category">The narrowest usage category it counts in:
/// <c>sms-outbound-longcode</c> (twilio.com/docs/usage/api/usage-record#usage-categories).</param>
/// <param name="Count">Events: messages, calls.</param>
/// <param name="Usage">What was billed of: segments, started minutes.</param>
/// <param name="Price">US dollars, positive.</param>
public readonly record struct Charge(string Category, long Count, decimal Usage, decimal Price)
{
    /// <summary>When it fell due; null for the instant of its entry.</summary>
    public DateTimeOffset? At { get; init; }
}
