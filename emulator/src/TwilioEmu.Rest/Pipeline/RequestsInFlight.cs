using System.Collections.Concurrent;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Counts the requests in flight, account by account, from the first byte read to the last one written.</summary>
/// <remarks>
/// twilio.com/docs/usage/rest-api-best-practices: concurrency is limited by account, <c>Twilio-Concurrent-Requests</c> shows it,
/// 429/20429 refuses more. Safe from any thread. Holds accounts with requests only, so that strangers cannot make it grow.
/// </remarks>
/// <param name="ceiling">How many an account may have; null for any number.</param>
internal sealed class RequestsInFlight(int? ceiling)
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>One more; how many there are now.</summary>
    public int Enter(string account) => _counts.AddOrUpdate(account, 1, static (_, count) => count + 1);

    public void Leave(string account)
    {
        if (_counts.AddOrUpdate(account, 0, static (_, count) => count - 1) == 0) _counts.TryRemove(KeyValuePair.Create(account, 0));
    }

    public bool IsBeyondCeiling(int count) => count > ceiling;
}
