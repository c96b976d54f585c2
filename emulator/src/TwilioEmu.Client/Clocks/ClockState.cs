namespace TwilioEmu;

/// <summary>The world's time.</summary>
/// <param name="Mode"><c>real</c>, <c>xN</c>, <c>auto</c> or <c>manual</c>.</param>
/// <param name="Now">The world's instant, UTC.</param>
/// <param name="NextDue">The next instant at which something is due; null where nothing is.</param>
/// <param name="Timers">How many timers wait.</param>
/// <param name="Holds">What virtual time waits for now: requests being served, webhooks in flight.</param>
public sealed record ClockState(string Mode, DateTimeOffset Now, DateTimeOffset? NextDue, int Timers, IReadOnlyList<string> Holds);
